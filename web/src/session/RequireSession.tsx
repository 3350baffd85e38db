import { DoorClosed } from 'lucide-react';
import { useEffect } from 'react';
import { Navigate, Outlet, useLocation } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState, type ErrorStateProps } from '@/components/ErrorState';
import { Splash } from '@/components/Splash';
import { Button } from '@/components/ui/Button';
import { offline } from '@/lib/failure';
import { loadCompany, useCompanyStore } from './companyStore';
import { resumeSession, signOut } from './session';
import { useSession } from './sessionStore';

/** Below it somebody is signed in; others sign in first and come back to where they were. */
export function RequireSession() {
  const { status, user, end } = useSession();
  const { pathname, search } = useLocation();
  useEffect(() => {
    if (user) void loadCompany();
  }, [user]);
  if (status === 'starting') return <Splash />;
  if (status === 'unreachable')
    return <WholePageError failure={offline()} onRetry={() => void resumeSession()} />;
  if (status === 'signed-out') {
    const here = pathname + search;
    const comesBack = here !== '/' && end !== 'left';
    return <Navigate to={comesBack ? `/sign-in?next=${encodeURIComponent(here)}` : '/sign-in'} replace />;
  }
  return <Outlet />;
}

/** Below it the person works in a company. */
export function RequireCompany() {
  const { status, company, failure } = useCompanyStore();
  if (status === 'lost') return <AccessEnded company={company?.name ?? 'the company'} />;
  if (status === 'none') return <Navigate to="/create-company" replace />;
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

function AccessEnded({ company }: { company: string }) {
  return (
    <main className="grid h-full">
      <EmptyState
        icon={DoorClosed}
        level={1}
        title={`You no longer have access to ${company}`}
        action={
          <Button variant="outline" onClick={() => void signOut('local')}>
            Sign out
          </Button>
        }
      >
        If that is a mistake, ask an owner or manager to let you in again.
      </EmptyState>
    </main>
  );
}
