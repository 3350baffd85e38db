import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { decodeSession, type Session } from '@/session/sessionModel';
import { callAsPerson } from '@/session/signedInService';
import { decodeEnrolment, decodeFactors, type Enrolment, type Factor } from './factorModel';

/** What colleagues read beside the person's texts, in this company. */
export async function renameMyself(userId: string, name: string): Promise<void> {
  await answerOf(getClient().rpc('rename_member', { p_user: userId, p_display_name: name }));
}

/** The present password is null for somebody who has just come by a mailed link or a provider. */
export async function changePassword(password: string, current: string | null): Promise<void> {
  const body = current === null ? { password } : { password, current_password: current };
  await callAsPerson({ method: 'POST', path: 'auth/password', body });
}

/** Sends the mails that confirm a new address. */
export async function changeEmail(email: string): Promise<void> {
  await callAsPerson({ method: 'POST', path: 'auth/email', body: { email } });
}

export async function fetchFactors(): Promise<Factor[]> {
  return decodeFactors(await callAsPerson({ method: 'GET', path: 'auth/factors' }));
}

export async function beginFactor(name: string): Promise<Enrolment> {
  const body = { friendly_name: name };
  return decodeEnrolment(await callAsPerson({ method: 'POST', path: 'auth/factors', body }));
}

/** Gives the app's present code; the session that comes back has its second factor. */
export async function verifyFactor(id: string, code: string): Promise<Session> {
  return decodeSession(
    await callAsPerson({ method: 'POST', path: `auth/factors/${id}/verify`, body: { code } }),
  );
}

export async function removeFactor(id: string): Promise<void> {
  await callAsPerson({ method: 'DELETE', path: `auth/factors/${id}` });
}
