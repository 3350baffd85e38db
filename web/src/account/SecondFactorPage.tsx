import { useState } from 'react';
import { Navigate } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { Splash } from '@/components/Splash';
import { Button } from '@/components/ui/Button';
import { SelectField } from '@/components/ui/Field';
import { AuthLayout } from '@/session/AuthLayout';
import { GoOn } from '@/session/GoOn';
import { signOut } from '@/session/session';
import { useSession } from '@/session/sessionStore';
import { CodeForm } from './CodeForm';
import type { Factor } from './factorModel';
import { useFactors } from './useFactors';

/** Signed in with the first factor: the second is asked for before anything else. */
export function SecondFactorPage() {
  const { status, needsSecondFactor } = useSession();
  if (status === 'signed-out') return <Navigate to="/sign-in" replace />;
  if (status !== 'signed-in') return <Splash />;
  return needsSecondFactor ? <Challenge /> : <GoOn />;
}

function Challenge() {
  const { factors, failure, load } = useFactors();
  if (failure) {
    return (
      <main className="grid h-full">
        <ErrorState failure={failure} onRetry={() => void load()} />
      </main>
    );
  }
  if (!factors) return <Splash />;
  return (
    <AuthLayout
      title="Enter your code"
      description="Open your authenticator app and type the code that it shows for FieldLite."
      footer={
        <>
          Lost the device? Ask whoever runs FieldLite for you.{' '}
          <Button variant="link" onClick={() => void signOut('local')}>
            Sign out
          </Button>
        </>
      }
    >
      <ChallengeForm factors={factors} />
    </AuthLayout>
  );
}

function ChallengeForm({ factors }: { factors: readonly Factor[] }) {
  const [chosen, setChosen] = useState(factors[0]?.id ?? '');
  return (
    <>
      {factors.length > 1 && (
        <SelectField label="Device" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          {factors.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <CodeForm factorId={chosen} button="Go on" />
    </>
  );
}
