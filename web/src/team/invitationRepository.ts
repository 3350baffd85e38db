import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import type { Role } from '@/session/companyModel';
import { callAsPerson } from '@/session/signedInService';
import { decodeInvitation, decodeSent, type Invitation, type SentInvitation } from './invitationModel';

/** Those that nobody accepted or took back, the newest first; also those that have expired. */
export async function fetchInvitations(): Promise<Invitation[]> {
  const query = getClient()
    .from('invitations')
    .select('id, email, role, display_name, created_at, expires_at')
    .is('accepted_at', null)
    .is('revoked_at', null)
    .order('created_at', { ascending: false })
    .order('id', { ascending: false });
  return asList(await answerOf(query), decodeInvitation);
}

export interface Wish {
  /** The same id again is the same invitation, with a new link. */
  id: string;
  email: string;
  role: Role;
  displayName: string;
}

export async function invite({ id, email, role, displayName }: Wish): Promise<SentInvitation> {
  const body = { id, email, role, display_name: displayName };
  return decodeSent(await callAsPerson({ method: 'POST', path: 'invitations', body }), email);
}

/** Sends a new link; the earlier one opens nothing any more. */
export async function sendAgain({ id, email }: Invitation): Promise<SentInvitation> {
  return decodeSent(await callAsPerson({ method: 'POST', path: `invitations/${id}/resend` }), email);
}

export async function revokeInvitation(id: string): Promise<void> {
  await answerOf(getClient().rpc('revoke_invitation', { p_invitation: id }));
}
