import { Link } from 'react-router';
import { Button } from '@/components/ui/Button';
import { AuthLayout } from './AuthLayout';
import { useLocationState } from './useLocationState';

/** After asking for a link that signs in, or for a new password: the same words whether the address is known or not. */
export function LinkSentPage() {
  const email = useLocationState('email');
  return (
    <AuthLayout
      title="Check your e-mail"
      description={
        <>
          If{' '}
          {email ? (
            <strong className="font-medium break-all text-foreground">{email}</strong>
          ) : (
            'that address'
          )}{' '}
          has an account, a link is on its way. It works once, for an hour.
        </>
      }
      footer={
        <Button asChild variant="link">
          <Link to="/sign-in">Back to sign in</Link>
        </Button>
      }
    >
      <p className="text-sm text-muted-foreground">
        Nothing there after a minute? Look in the spam folder, check the address for typos, or ask again.
      </p>
    </AuthLayout>
  );
}
