import { callService } from '@/lib/serviceApi';
import { decodeSession, type Session } from './sessionModel';

export type SignOutScope = 'local' | 'others' | 'global';

async function post(path: string, body: Record<string, unknown>): Promise<unknown> {
  return callService({ method: 'POST', path: `auth/${path}`, body });
}

export async function signUp(email: string, password: string, displayName: string): Promise<void> {
  await post('sign-up', { email, password, display_name: displayName });
}

export async function resendConfirmation(email: string): Promise<void> {
  await post('resend', { email });
}

export async function confirmEmail(tokenHash: string, type: string): Promise<Session> {
  return decodeSession(await post('confirm', { token_hash: tokenHash, type }));
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
