import { Button } from '@/components/ui/Button';
import { AuthLayout } from '@/session/AuthLayout';
import { signOut } from '@/session/session';
import { EnrolFactor } from './EnrolFactor';

/** The company demands a second factor, and the person has none yet. Setting it up opens the company. */
export function SecondFactorRequired() {
  return (
    <AuthLayout
      title="Set up a second factor"
      description="Your company asks everybody for a code from an authenticator app when they sign in."
      footer={
        <Button variant="link" onClick={() => void signOut('local')}>
          Sign out
        </Button>
      }
    >
      <EnrolFactor />
    </AuthLayout>
  );
}
