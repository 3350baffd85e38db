import { Navigate } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { Splash } from '@/components/Splash';
import { offline } from '@/lib/failure';
import { GoOn } from './GoOn';
import { resumeSession } from './session';
import { useSession } from './sessionStore';

/** Where a provider's page leads back to: the cookie is there already, and the page took it up when it opened. */
export function ArrivePage() {
  const status = useSession((state) => state.status);
  if (status === 'starting') return <Splash />;
  if (status === 'signed-in') return <GoOn />;
  if (status === 'signed-out') return <Navigate to="/sign-in?problem=attempt_over" replace />;
  return (
    <main className="grid h-full">
      <ErrorState failure={offline()} onRetry={() => void resumeSession()} />
    </main>
  );
}
