import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { ErrorState, type ErrorStateProps } from '@/components/ErrorState';
import { Splash } from '@/components/Splash';
import { offline } from '@/lib/failure';
import { CompanyClosed } from './CompanyClosed';
import { loadCompany, useCompanyStore } from './companyStore';
import { resumeSession } from './session';
import { useSession } from './sessionStore';

/** Below it somebody is signed in; others sign in first and come back to where they were. */
export function RequireSession() {
  const { status, user, needsSecondFactor, end } = useSession();
  const { pathname, search } = useLocation();
  const here = pathname + search;
  useEffect(() => {
    if (user && !needsSecondFactor) void loadCompany();
  }, [user, needsSecondFactor]);
  if (status === 'starting') return <Splash />;
  if (status === 'unreachable')
    return <WholePageError failure={offline()} onRetry={() => void resumeSession()} />;
  if (status === 'signed-out') {
    const comesBack = here !== '/' && end !== 'left';
    return <Navigate to={comesBack ? `/sign-in?next=${encodeURIComponent(here)}` : '/sign-in'} replace />;
  }
  if (needsSecondFactor) return <Navigate to={`/second-factor?next=${encodeURIComponent(here)}`} replace />;
  return <Outlet />;
}

/** Below it the person works in a company. */
export function RequireCompany() {
  const { status, company, failure } = useCompanyStore();
  if (status === 'closed') return <CompanyClosed />;
  if (status === 'failed' && failure)
    return <WholePageError failure={failure} onRetry={() => void loadCompany()} />;
  return company ? <Outlet /> : <Splash />;
}

function WholePageError(props: ErrorStateProps) {
  return (
    <main className="grid h-full">
      <ErrorState {...props} />
    </main>
  );
}
