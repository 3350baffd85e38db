import { useEffect, useState, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { EmailField } from './EmailField';
import { resendConfirmation } from './sessionApi';
import { useLocationState } from './useLocationState';

/** Seconds between two e-mails to one address. */
const PAUSE = 60;

export function CheckEmailPage() {
  const known = useLocationState('email');
  return (
    <AuthLayout
      title="Check your e-mail"
      description={
        known ? (
          <>
            We sent a link to <strong className="font-medium break-all text-foreground">{known}</strong>. Open
            it to confirm your address.
          </>
        ) : (
          'Enter your address and we send the link that confirms it.'
        )
      }
      footer={
        <Button asChild variant="link">
          <Link to="/sign-in">Back to sign in</Link>
        </Button>
      }
    >
      <ResendForm known={known} />
    </AuthLayout>
  );
}

function ResendForm({ known }: { known: string | null }) {
  const action = useAction();
  const [sent, setSent] = useState(false);
  // Sign-up has just sent one.
  const [pause, startPause] = useCountdown(known ? PAUSE : 0);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const email = known ?? valuesOf(event, 'email').email;
    event.preventDefault();
    const done = await action.run(() => resendConfirmation(email));
    setSent(done);
    if (done) startPause(PAUSE);
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      {!known && <EmailField />}
      <p className="text-sm text-muted-foreground">
        Nothing there? Look in the spam folder, or have it sent again.
      </p>
      {sent && (
        <Notice tone="success">If that address has an account to confirm, another link is on its way.</Notice>
      )}
      <FailureNotice failure={action.failure} />
      <Button
        type="submit"
        variant="outline"
        size="large"
        busy={action.busy}
        disabled={action.busy || pause > 0}
      >
        {pause > 0 ? `Send again in ${pause} s` : known ? 'Send again' : 'Send the link'}
      </Button>
    </form>
  );
}

/** Seconds left, and the function that starts them. */
function useCountdown(initial: number): [number, (seconds: number) => void] {
  const [left, setLeft] = useState(initial);
  useEffect(() => {
    if (left <= 0) return;
    const timer = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return [left, setLeft];
}
