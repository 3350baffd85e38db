import { toFailure } from '@/lib/failure';
import { forget, keep, recall } from '@/lib/storage';
import { confirmEmail, endSession, renewSession, signInWithPassword, type SignOutScope } from './sessionApi';
import type { Session } from './sessionModel';
import { tellSessionEnd, useSession } from './sessionStore';
import { TokenKeeper } from './tokenKeeper';

/** That somebody signed in here: a visitor who never did is not asked for a cookie that cannot be there. */
const HINT = 'fieldlite.signed-in';

type TabMessage = { type: 'signed-out' } | { type: 'signed-in'; userId: string };

const tabs = new BroadcastChannel('fieldlite.session');

type RenewalListener = () => void;
const renewalListeners = new Set<RenewalListener>();

const keeper = new TokenKeeper({
  renew: renewSession,
  onRenewed: (session) => {
    if (session.user.id !== useSession.getState().user?.id) {
      startOver();
      return;
    }
    for (const listener of renewalListeners) listener();
  },
  onEnded: () => leave('expired'),
});

/** A fresh access token, for a request or a join. Rejects with a Failure. */
export const getAccessToken = (): Promise<string> => keeper.accessToken();

export const renewAccessToken = (): Promise<string> => keeper.renewNow();

/** Calls after each renewal; returns the function that stops it. */
export function onTokenRenewed(listener: RenewalListener): () => void {
  renewalListeners.add(listener);
  return () => renewalListeners.delete(listener);
}

/** Finds out, when the page opens, whether somebody is signed in here. */
export async function resumeSession(): Promise<void> {
  if (recall(HINT) === null) {
    useSession.setState({ status: 'signed-out' });
    return;
  }
  try {
    enter(await renewSession());
  } catch (error) {
    if (toFailure(error).kind === 'signed-out') leave('expired');
    else useSession.setState({ status: 'unreachable' });
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  enterHere(await signInWithPassword(email, password));
}

export async function confirm(tokenHash: string, type: string): Promise<void> {
  enterHere(await confirmEmail(tokenHash, type));
}

/** Ends the session here or everywhere. Rejects, still signed in, when the service cannot be reached. */
export async function signOut(scope: SignOutScope): Promise<void> {
  await endSession(scope);
  leave('left');
  tell({ type: 'signed-out' });
}

function enterHere(session: Session): void {
  enter(session);
  tell({ type: 'signed-in', userId: session.user.id });
}

function enter(session: Session): void {
  const former = useSession.getState().user;
  if (former && former.id !== session.user.id) tellSessionEnd();
  keep(HINT, '1');
  keeper.hold(session);
  useSession.setState({ status: 'signed-in', user: session.user, end: null });
}

function leave(end: 'expired' | 'left'): void {
  forget(HINT);
  keeper.drop();
  tellSessionEnd();
  useSession.setState({ status: 'signed-out', user: null, end });
}

/** Somebody else signed in in another tab: nothing of the former person may stay on this page. */
function startOver(): void {
  leave('left');
  keep(HINT, '1');
  window.location.assign('/');
}

function tell(message: TabMessage): void {
  tabs.postMessage(message);
}

tabs.addEventListener('message', (event: MessageEvent<TabMessage>) => {
  const { status, user } = useSession.getState();
  if (event.data.type === 'signed-out') {
    if (status === 'signed-in') leave('left');
  } else if (status !== 'signed-in') {
    void resumeSession();
  } else if (event.data.userId !== user?.id) {
    startOver();
  }
});
