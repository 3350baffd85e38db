import { useRef, type SyntheticEvent } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { keepDestination } from './destination';
import { EmailField } from './EmailField';
import { GoOn } from './GoOn';
import { problemWords } from './providerModel';
import { ProviderButtons } from './ProviderButtons';
import { signIn } from './session';
import { sendMagicLink } from './sessionApi';
import { safePath } from './sessionModel';
import { useSession } from './sessionStore';
import { useLocationState } from './useLocationState';

export function SignInPage() {
  const status = useSession((state) => state.status);
  const [search] = useSearchParams();
  if (status === 'signed-in') return <GoOn />;
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
      <Beginning problem={search.get('problem')} />
      <PasswordForm next={safePath(search.get('next'))} />
      <ProviderButtons next={safePath(search.get('next'))} />
    </AuthLayout>
  );
}

/** Why the person is here again. */
function Beginning({ problem }: { problem: string | null }) {
  const end = useSession((state) => state.end);
  if (problem !== null) return <Notice tone="error">{problemWords(problem)}</Notice>;
  if (end !== 'expired') return null;
  return (
    <Notice tone="info">
      Your session has ended. Sign in to go on where you were; what you wrote is kept.
    </Notice>
  );
}

function PasswordForm({ next }: { next: string }) {
  const action = useAction();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    const { email, password } = valuesOf(event, 'email', 'password');
    void action.run(() => signIn(email, password));
  };
  const form = useRef<HTMLFormElement>(null);
  return (
    <form ref={form} className="grid gap-4" onSubmit={submit}>
      <EmailField known={useLocationState('email') ?? ''} />
      <TextField label="Password" name="password" type="password" autoComplete="current-password" required />
      <FailureNotice failure={action.failure} />
      {action.failure?.code === 'email_not_confirmed' && (
        <Button asChild variant="link" className="justify-self-start">
          <Link to="/check-email">Send the confirmation e-mail again</Link>
        </Button>
      )}
      <Button type="submit" size="large" busy={action.busy}>
        Sign in
      </Button>
      <div className="flex flex-wrap items-center justify-between gap-x-4">
        <MagicLink next={next} emailOf={() => emailIn(form.current)} />
        <Button asChild variant="link">
          <Link to="/forgot-password">Forgot your password?</Link>
        </Button>
      </div>
    </form>
  );
}

interface MagicLinkProps {
  next: string;
  /** The address in the form; null while it is none, which the form then says. */
  emailOf: () => string | null;
}

function MagicLink({ next, emailOf }: MagicLinkProps) {
  const navigate = useNavigate();
  const action = useAction();
  const ask = async () => {
    const email = emailOf();
    if (email === null) return;
    const done = await action.run(() => sendMagicLink(email));
    if (!done) return;
    if (next !== '/') keepDestination(next);
    void navigate('/link-sent', { state: { email } });
  };
  return (
    <>
      <Button variant="link" busy={action.busy} onClick={() => void ask()}>
        Email me a link
      </Button>
      {action.failure && (
        <div className="order-last basis-full">
          <FailureNotice failure={action.failure} />
        </div>
      )}
    </>
  );
}

function emailIn(form: HTMLFormElement | null): string | null {
  const field = form?.elements.namedItem('email');
  if (!(field instanceof HTMLInputElement) || !field.reportValidity()) return null;
  return field.value.trim();
}
