import { useEffect, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { FailureNotice } from '@/components/FailureNotice';
import { Splash } from '@/components/Splash';
import { Button } from '@/components/ui/Button';
import { toFailure, type Failure } from '@/lib/failure';
import { useAction } from '@/lib/useAction';
import { AuthLayout } from './AuthLayout';
import { keepDestination } from './destination';
import { asRole, endWords, isSameAddress, tokenIn, type InvitationPreview } from './invitationModel';
import { acceptInvitation, fetchInvitation } from './invitationRepository';
import { openChosenCompany, signOut } from './session';
import { useSession } from './sessionStore';

/** Where the link of an invitation leads: who invites whom, and the next step of whoever stands here. */
export function InvitePage() {
  const token = tokenIn(useLocation().hash);
  if (token === null) return <Over words="Open the link in the invitation again, or ask for a new one." />;
  return <Invitation key={token} token={token} />;
}

function Invitation({ token }: { token: string }) {
  const { invitation, failure, retry } = useInvitation(token);
  const status = useSession((state) => state.status);
  if (failure?.kind === 'refused') return <Over words={failure.message} />;
  if (failure) {
    return (
      <main className="grid h-full">
        <ErrorState failure={failure} onRetry={retry} />
      </main>
    );
  }
  if (!invitation || status === 'starting') return <Splash />;
  const end = endWords(invitation.state);
  if (end !== null) return <Over words={end} />;
  return (
    <AuthLayout
      title={`Join ${invitation.company}`}
      description={
        <>
          {invitation.displayName}, you are invited to work here as {asRole(invitation.role)}.
        </>
      }
    >
      <NextStep token={token} invitation={invitation} />
    </AuthLayout>
  );
}

function useInvitation(token: string) {
  const [invitation, setInvitation] = useState<InvitationPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    let gone = false;
    fetchInvitation(token).then(
      (known) => {
        if (!gone) setInvitation(known);
      },
      (error: unknown) => {
        if (!gone) setFailure(toFailure(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [token, tries]);
  const retry = () => {
    setFailure(null);
    setTries(tries + 1);
  };
  return { invitation, failure, retry };
}

interface StepProps {
  token: string;
  invitation: InvitationPreview;
}

function NextStep({ token, invitation }: StepProps) {
  const user = useSession((state) => state.user);
  if (!user) return <ComeIn token={token} invitation={invitation} />;
  if (!isSameAddress(user.email, invitation.email))
    return <OtherAddress signedIn={user.email} invited={invitation.email} />;
  return <Accept token={token} company={invitation.company} />;
}

/** Not signed in: with the invited address, new or known; the mail or the password leads back here. */
function ComeIn({ token, invitation }: StepProps) {
  const state = { email: invitation.email, name: invitation.displayName };
  const remember = () => keepDestination(`/invite#${token}`);
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        The invitation is for <strong className="font-medium break-all">{invitation.email}</strong>.
      </p>
      <Button asChild size="large">
        <Link to="/sign-up" state={state} onClick={remember}>
          Create an account
        </Link>
      </Button>
      <Button asChild size="large" variant="outline">
        <Link to="/sign-in" state={state} onClick={remember}>
          I have an account
        </Link>
      </Button>
    </div>
  );
}

function OtherAddress({ signedIn, invited }: { signedIn: string; invited: string }) {
  const action = useAction();
  return (
    <div className="grid gap-3">
      <p className="text-sm">
        You are signed in as <strong className="font-medium break-all">{signedIn}</strong>, and the invitation
        is for <strong className="font-medium break-all">{invited}</strong>.
      </p>
      <FailureNotice failure={action.failure} />
      <Button size="large" busy={action.busy} onClick={() => void action.run(() => signOut('local'))}>
        Sign out and go on
      </Button>
    </div>
  );
}

function Accept({ token, company }: { token: string; company: string }) {
  const action = useAction();
  const accept = () =>
    void action.run(async () => {
      await acceptInvitation(token);
      openChosenCompany();
    });
  return (
    <div className="grid gap-3">
      <FailureNotice failure={action.failure} />
      <Button size="large" busy={action.busy} onClick={accept}>
        <span className="truncate">Join {company}</span>
      </Button>
    </div>
  );
}

function Over({ words }: { words: string }) {
  return (
    <AuthLayout title="This invitation cannot be used" description={words}>
      <Button asChild variant="outline" size="large">
        <Link to="/">Go to FieldLite</Link>
      </Button>
    </AuthLayout>
  );
}
