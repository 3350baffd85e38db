import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import type { Role } from '@/session/companyModel';
import { decodeTeamMember, inOrder, type TeamMember } from './memberModel';

/** Everybody who works or worked here. */
export async function fetchTeam(): Promise<TeamMember[]> {
  return inOrder(asList(await answerOf(getClient().from('member_list').select('*')), decodeTeamMember));
}

/** Gives a role; somebody who left has access again. */
export async function changeRole(userId: string, role: Role): Promise<void> {
  await answerOf(getClient().rpc('change_member_role', { p_user: userId, p_role: role }));
}

export async function renameMember(userId: string, name: string): Promise<void> {
  await answerOf(getClient().rpc('rename_member', { p_user: userId, p_display_name: name }));
}

/** Ends somebody's access at once. */
export async function deactivateMember(userId: string): Promise<void> {
  await answerOf(getClient().rpc('deactivate_member', { p_user: userId }));
}

/** Makes somebody owner, and the caller a manager. */
export async function handOver(userId: string): Promise<void> {
  await answerOf(getClient().rpc('hand_over_ownership', { p_user: userId }));
}

/** Ends the caller's own access. */
export async function leaveCompany(): Promise<void> {
  await answerOf(getClient().rpc('leave_tenant'));
}
