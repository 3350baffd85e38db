import type { SyntheticEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { signUp } from './sessionApi';

export function SignUpPage() {
  const navigate = useNavigate();
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { name, email, password } = valuesOf(event, 'name', 'email', 'password');
    const done = await action.run(() => signUp(email, password, name));
    if (done) void navigate('/check-email', { state: { email } });
  };
  return (
    <AuthLayout
      title="Create your account"
      description="Next you name your company and connect its number."
      footer={
        <>
          Already have an account?{' '}
          <Button asChild variant="link">
            <Link to="/sign-in">Sign in</Link>
          </Button>
        </>
      }
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label="Your name" name="name" autoComplete="name" required maxLength={120} />
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
          autoComplete="new-password"
          required
          minLength={8}
          hint="At least 8 characters. A short sentence is easy to remember."
        />
        <FailureNotice failure={action.failure} />
        <Button type="submit" size="large" busy={action.busy}>
          Create account
        </Button>
      </form>
    </AuthLayout>
  );
}
