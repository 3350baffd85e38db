import type { SyntheticEvent } from 'react';
import { Link, Navigate, useNavigate } from 'react-router';
import { changePassword } from '@/account/accountRepository';
import { FailureNotice } from '@/components/FailureNotice';
import { Splash } from '@/components/Splash';
import { Button } from '@/components/ui/Button';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { NewPasswordField } from './NewPasswordField';
import { useSession } from './sessionStore';

/** After the link of a recovery mail: the link signed in, and now the password is chosen. */
export function ResetPasswordPage() {
  const { status, needsSecondFactor, user } = useSession();
  if (status === 'signed-out') return <Navigate to="/forgot-password" replace />;
  if (status !== 'signed-in') return <Splash />;
  if (needsSecondFactor) return <Navigate to="/second-factor?next=%2Freset-password" replace />;
  return <ResetForm email={user?.email ?? ''} />;
}

function ResetForm({ email }: { email: string }) {
  const navigate = useNavigate();
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { 'new-password': password } = valuesOf(event, 'new-password');
    const done = await action.run(() => changePassword(password, null));
    if (done) void navigate('/', { replace: true });
  };
  return (
    <AuthLayout
      title="Choose a new password"
      description={
        <>
          For <span className="break-all">{email}</span>. All other devices are signed out.
        </>
      }
      footer={
        <Button asChild variant="link">
          <Link to="/">Keep the old one</Link>
        </Button>
      }
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
        <NewPasswordField label="New password" />
        <FailureNotice failure={action.failure} />
        {action.failure?.code === 'sign_in_again' && (
          <Button asChild variant="link" className="justify-self-start">
            <Link to="/forgot-password">Send me a new link</Link>
          </Button>
        )}
        <Button type="submit" size="large" busy={action.busy}>
          Save the password
        </Button>
      </form>
    </AuthLayout>
  );
}
