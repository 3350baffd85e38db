import { useState } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { takeDestination } from './destination';
import { linkWords, readMailedLink, type MailedLink } from './mailedLinkModel';
import { followMailedLink } from './session';

export function ConfirmPage() {
  const link = readMailedLink(useLocation().hash);
  // Another link may be opened in this very tab, which changes nothing but what stands behind the #.
  return link ? <MailedLinkPage key={link.tokenHash} link={link} /> : <IncompleteLink />;
}

/** Mail programs open links to look at them, so opening this page changes nothing: the button does. */
function MailedLinkPage({ link }: { link: MailedLink }) {
  const navigate = useNavigate();
  const action = useAction();
  const [waiting, setWaiting] = useState(false);
  const words = linkWords(link.type);
  const follow = () =>
    action.run(async () => {
      if (!(await followMailedLink(link.tokenHash, link.type))) {
        setWaiting(true);
        return;
      }
      // The address holds the token: it does not stay in the history.
      await navigate(link.type === 'recovery' ? '/reset-password' : takeDestination(), { replace: true });
    });
  if (waiting) return <OtherLinkAwaited />;
  return (
    <AuthLayout title={words.title} description={words.description}>
      <FailureNotice failure={action.failure} />
      {action.failure?.kind === 'refused' ? (
        <Button asChild variant="outline" size="large">
          <Link to={words.again}>Send a new link</Link>
        </Button>
      ) : (
        <Button size="large" busy={action.busy} onClick={() => void follow()}>
          {words.button}
        </Button>
      )}
    </AuthLayout>
  );
}

function OtherLinkAwaited() {
  return (
    <AuthLayout
      title="One more link to open"
      description="This address is confirmed. Now open the link in the mail to your other address; then the change counts."
    >
      <Button asChild variant="outline" size="large">
        <Link to="/">Go to FieldLite</Link>
      </Button>
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
        <Link to="/sign-in">Go to sign in</Link>
      </Button>
    </AuthLayout>
  );
}
