import { asFields, texts } from '@/lib/decode';
import { callService } from '@/lib/serviceApi';
import { decodeSession, type Session } from './sessionModel';

export type SignOutScope = 'local' | 'global';

async function post(path: string, body: Record<string, unknown>): Promise<unknown> {
  return callService({ method: 'POST', path: `auth/${path}`, body });
}

export async function signUp(email: string, password: string, displayName: string): Promise<void> {
  await post('sign-up', { email, password, display_name: displayName });
}

export async function resendConfirmation(email: string): Promise<void> {
  await post('resend', { email });
}

/** Mails a link that signs in, when the address has an account. */
export async function sendMagicLink(email: string): Promise<void> {
  await post('magic-link', { email });
}

/** Mails a link to a new password, when the address has an account. */
export async function sendRecovery(email: string): Promise<void> {
  await post('recover', { email });
}

/** The providers to sign in with, such as `google`. */
export async function fetchProviders(): Promise<string[]> {
  return texts(asFields(await callService({ method: 'GET', path: 'auth/providers' })), 'providers');
}

/** Null while an e-mail change waits for the link in the other address's mail. */
export async function followLink(tokenHash: string, type: string): Promise<Session | null> {
  const answer = asFields(await post('confirm', { token_hash: tokenHash, type }));
  return 'access_token' in answer ? decodeSession(answer) : null;
}

export async function signInWithPassword(email: string, password: string): Promise<Session> {
  return decodeSession(await post('sign-in', { email, password }));
}

export async function endSession(scope: SignOutScope): Promise<void> {
  await post('sign-out', { scope });
}

/** Trades the cookie for a new access token. One tab at a time: the cookie changes with each trade. */
export async function renewSession(): Promise<Session> {
  const trade = async () => decodeSession(await post('refresh', {}));
  // Web Locks exist on secure origins only; without them the grace period of rotation has to do.
  if (!('locks' in navigator)) return trade();
  return navigator.locks.request('fieldlite.renew-session', trade);
}
