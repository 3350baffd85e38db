import { Link, useNavigate, useSearchParams } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { confirm } from './session';

/** Mail programs open links to look at them, so opening this page changes nothing: the button does. */
export function ConfirmPage() {
  const [search] = useSearchParams();
  const navigate = useNavigate();
  const action = useAction();
  const tokenHash = search.get('token_hash');
  const submit = async () => {
    const done = await action.run(() => confirm(tokenHash ?? '', search.get('type') ?? 'signup'));
    // The address holds the token: it does not stay in the history.
    if (done) void navigate('/', { replace: true });
  };
  if (!tokenHash) return <IncompleteLink />;
  return (
    <AuthLayout title="Confirm your e-mail" description="One tap, and you are in.">
      <FailureNotice failure={action.failure} />
      {action.failure?.kind === 'refused' ? (
        <Button asChild variant="outline" size="large">
          <Link to="/check-email">Send a new link</Link>
        </Button>
      ) : (
        <Button size="large" busy={action.busy} onClick={() => void submit()}>
          Confirm my e-mail
        </Button>
      )}
    </AuthLayout>
  );
}

function IncompleteLink() {
  return (
    <AuthLayout
      title="This link is not complete"
      description="Open the link from the e-mail again, or have a new one sent."
    >
      <Button asChild variant="outline" size="large">
        <Link to="/check-email">Send a new link</Link>
      </Button>
    </AuthLayout>
  );
}
