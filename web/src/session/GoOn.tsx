import { useState } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { takeDestination } from './destination';
import { safePath } from './sessionModel';

/** Leads on to where the person was going: as the address says, else as was kept while a mail had to be fetched. */
export function GoOn() {
  const [search] = useSearchParams();
  const next = search.get('next');
  // Taken once, although React may render twice.
  const [path] = useState(() => (next === null ? takeDestination() : safePath(next)));
  return <Navigate to={path} replace />;
}
