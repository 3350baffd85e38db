import { toFailure } from '@/lib/failure';
import { forget, keep, recall } from '@/lib/storage';
import { endSession, renewSession, signInWithPassword, followLink, type SignOutScope } from './sessionApi';
import type { Session } from './sessionModel';
import { tellSessionEnd, useSession } from './sessionStore';
import { TokenKeeper } from './tokenKeeper';

/** That somebody signed in here: a visitor who never did is not asked for a cookie that cannot be there. */
const HINT = 'fieldlite.signed-in';

/** Where a sign-in by a provider ends: with a cookie, before any page knows of it. */
const ARRIVAL = '/arrive';

type TabMessage = { type: 'signed-out' } | { type: 'company-chosen' } | { type: 'signed-in'; userId: string };

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
    useSession.setState({ needsSecondFactor: session.needsSecondFactor });
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
  const arriving = window.location.pathname === ARRIVAL;
  if (!arriving && recall(HINT) === null) {
    useSession.setState({ status: 'signed-out' });
    return;
  }
  try {
    const session = await renewSession();
    if (arriving) enterHere(session);
    else enter(session);
  } catch (error) {
    if (toFailure(error).kind === 'signed-out') leave('expired');
    else useSession.setState({ status: 'unreachable' });
  }
}

export async function signIn(email: string, password: string): Promise<void> {
  enterHere(await signInWithPassword(email, password));
}

/** Follows a mailed link; false while an e-mail change waits for the link in the other address's mail. */
export async function followMailedLink(tokenHash: string, type: string): Promise<boolean> {
  const session = await followLink(tokenHash, type);
  if (session) enterHere(session);
  return session !== null;
}

/** Goes on with what this session became when its second factor was given. */
export function goOnWith(session: Session): void {
  enterHere(session);
}

/** After this session chose another company: nothing of the former one may stay on any page of this browser. */
export function openChosenCompany(): void {
  tell({ type: 'company-chosen' });
  window.location.assign('/');
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
  const { user, needsSecondFactor } = session;
  useSession.setState({ status: 'signed-in', user, needsSecondFactor, end: null });
}

function leave(end: 'expired' | 'left'): void {
  forget(HINT);
  keeper.drop();
  tellSessionEnd();
  useSession.setState({ status: 'signed-out', user: null, needsSecondFactor: false, end });
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
  } else if (event.data.type === 'company-chosen') {
    if (status === 'signed-in') window.location.assign('/');
  } else if (status !== 'signed-in') {
    void resumeSession();
  } else if (event.data.userId !== user?.id) {
    startOver();
  } else {
    // The same person again, perhaps with their second factor: this page's token is of before.
    keeper.renewNow().catch(() => undefined);
  }
});
