import type { SyntheticEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { EmailField } from './EmailField';
import { sendRecovery } from './sessionApi';

export function ForgotPasswordPage() {
  const navigate = useNavigate();
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { email } = valuesOf(event, 'email');
    const done = await action.run(() => sendRecovery(email));
    if (done) void navigate('/link-sent', { state: { email } });
  };
  return (
    <AuthLayout
      title="Forgot your password?"
      description="We mail you a link to choose a new one."
      footer={
        <Button asChild variant="link">
          <Link to="/sign-in">Back to sign in</Link>
        </Button>
      }
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <EmailField />
        <FailureNotice failure={action.failure} />
        <Button type="submit" size="large" busy={action.busy}>
          Send the link
        </Button>
      </form>
    </AuthLayout>
  );
}
