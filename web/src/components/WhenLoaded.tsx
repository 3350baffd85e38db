import type { ReactNode } from 'react';
import type { Failure } from '@/lib/failure';
import { useDelayed } from '@/lib/useDelayed';
import { ErrorState } from './ErrorState';
import { Skeleton } from './Skeleton';

interface WhenLoadedProps<Value> {
  /** As useLoaded has it. */
  loaded: { value: Value | undefined; failure: Failure | null; load: () => Promise<void> };
  children: (value: Value) => ReactNode;
}

/** What was loaded, or why it is not there yet. */
export function WhenLoaded<Value>({ loaded, children }: WhenLoadedProps<Value>) {
  const { value, failure, load } = loaded;
  const slow = useDelayed(value === undefined && failure === null);
  if (value !== undefined) return children(value);
  if (failure) return <ErrorState failure={failure} onRetry={() => void load()} />;
  return slow ? <Skeleton className="h-40" /> : null;
}
