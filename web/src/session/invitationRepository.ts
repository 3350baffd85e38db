import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { callService } from '@/lib/serviceApi';
import { decodePreview, type InvitationPreview } from './invitationModel';

/** Needs no sign-in: the link's secret is proof enough. */
export async function fetchInvitation(token: string): Promise<InvitationPreview> {
  return decodePreview(await callService({ method: 'POST', path: 'invitations/preview', body: { token } }));
}

/** Joins the company and makes it the one of this session. */
export async function acceptInvitation(token: string): Promise<void> {
  await answerOf(getClient().rpc('accept_invitation', { p_token: token }));
}
