import type { SyntheticEvent } from 'react';
import { Link, Navigate, useSearchParams } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { signIn } from './session';
import { safePath } from './sessionModel';
import { useSession } from './sessionStore';

export function SignInPage() {
  const { status, end } = useSession();
  const [search] = useSearchParams();
  const action = useAction();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    const { email, password } = valuesOf(event, 'email', 'password');
    void action.run(() => signIn(email, password));
  };
  if (status === 'signed-in') return <Navigate to={safePath(search.get('next'))} replace />;
  return (
    <AuthLayout
      title="Sign in"
      footer={
        <>
          New here?{' '}
          <Button asChild variant="link">
            <Link to="/sign-up">Create an account</Link>
          </Button>
        </>
      }
    >
      {end === 'expired' && !action.failure && (
        <Notice tone="info">
          Your session has ended. Sign in to go on where you were; what you wrote is kept.
        </Notice>
      )}
      <form className="grid gap-4" onSubmit={submit}>
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          inputMode="email"
          required
        />
        <TextField
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
        />
        <FailureNotice failure={action.failure} />
        {action.failure?.code === 'email_not_confirmed' && (
          <Button asChild variant="link" className="justify-self-start">
            <Link to="/check-email">Send the confirmation e-mail again</Link>
          </Button>
        )}
        <Button type="submit" size="large" busy={action.busy}>
          Sign in
        </Button>
      </form>
    </AuthLayout>
  );
}
