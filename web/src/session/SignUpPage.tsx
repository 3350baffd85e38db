import type { SyntheticEvent } from 'react';
import { Link, useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { EmailField } from './EmailField';
import { NewPasswordField } from './NewPasswordField';
import { signUp } from './sessionApi';
import { useLocationState } from './useLocationState';

export function SignUpPage() {
  const navigate = useNavigate();
  const action = useAction();
  const invited = useLocationState('email') !== null;
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { name, email, 'new-password': password } = valuesOf(event, 'name', 'email', 'new-password');
    const done = await action.run(() => signUp(email, password, name));
    if (done) void navigate('/check-email', { state: { email } });
  };
  return (
    <AuthLayout
      title="Create your account"
      description={
        invited
          ? 'With the address that your invitation was sent to. We mail it a link first.'
          : 'Next you name your company and connect its number.'
      }
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
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          required
          maxLength={100}
          defaultValue={useLocationState('name') ?? ''}
        />
        <EmailField known={useLocationState('email') ?? ''} />
        <NewPasswordField label="Password" />
        <FailureNotice failure={action.failure} />
        <Button type="submit" size="large" busy={action.busy}>
          Create account
        </Button>
      </form>
    </AuthLayout>
  );
}
