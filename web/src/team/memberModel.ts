import { Constants } from '@/database/types';
import { asFields, oneOf, text, textOrNull } from '@/lib/decode';
import type { Company, Role } from '@/session/companyModel';

export const ROLES = Constants.public.Enums.member_role;

export const ROLE_WORDS: Record<Role, string> = {
  owner: 'Owner',
  manager: 'Manager',
  dispatcher: 'Dispatcher',
  estimator: 'Estimator',
  tech: 'Technician',
  bookkeeper: 'Bookkeeper',
};

/** What a role is for, in one line, for whoever chooses it. */
export const ROLE_HINTS: Record<Role, string> = {
  owner: 'Everything, with billing and the other owners.',
  manager: 'Everything but billing and owners.',
  dispatcher: 'Answers customers, plans the work and writes invoices.',
  estimator: 'Answers customers and keeps contacts. No invoices.',
  tech: 'Their own visits, once there are visits. No customers before that.',
  bookkeeper: 'Invoices and payments. Reads contacts and texts, and changes neither.',
};

/** Somebody who works or worked for the company. */
export interface TeamMember {
  userId: string;
  displayName: string;
  role: Role;
  email: string | null;
  lastSeenAt: string | null;
  /** Since when they have no access; null while they have. */
  deactivatedAt: string | null;
}

export function decodeTeamMember(value: unknown): TeamMember {
  const row = asFields(value);
  return {
    userId: text(row, 'user_id'),
    displayName: text(row, 'display_name'),
    role: oneOf(row, 'role', ROLES),
    email: textOrNull(row, 'email'),
    lastSeenAt: textOrNull(row, 'last_seen_at'),
    deactivatedAt: textOrNull(row, 'deactivated_at'),
  };
}

/** Those who work here before those who left, then by role, then by name. */
export function inOrder(members: readonly TeamMember[]): TeamMember[] {
  const rank = ({ deactivatedAt, role }: TeamMember) =>
    (deactivatedAt === null ? 0 : ROLES.length) + ROLES.indexOf(role);
  return [...members].sort(
    (one, other) => rank(one) - rank(other) || one.displayName.localeCompare(other.displayName),
  );
}

export type MemberAction = 'edit' | 'deactivate' | 'bring-back' | 'hand-over';

/**
 * What the person may do with a member, as the database decides it: owners are touched by owners only. What concerns
 * oneself has places of its own: the account, and "Leave".
 */
export function actionsOn(member: TeamMember, me: Pick<Company, 'userId' | 'role'>): MemberAction[] {
  if (member.userId === me.userId || isBeyond(member.role, me.role)) return [];
  if (member.deactivatedAt !== null) return ['bring-back'];
  const canTakeOver = me.role === 'owner' && member.role !== 'owner';
  return canTakeOver ? ['edit', 'hand-over', 'deactivate'] : ['edit', 'deactivate'];
}

/** Whether somebody of `mine` may not touch somebody of `theirs`. */
export function isBeyond(theirs: Role, mine: Role): boolean {
  return theirs === 'owner' && mine !== 'owner';
}

/** The roles that the person may give. */
export function rolesToGive(mine: Role): Role[] {
  return ROLES.filter((role) => !isBeyond(role, mine));
}

/** Whether nobody but this person is owner: then they cannot leave. */
export function isLastOwner(members: readonly TeamMember[], me: Pick<Company, 'userId' | 'role'>): boolean {
  const others = members.filter(({ userId }) => userId !== me.userId);
  return me.role === 'owner' && !others.some((each) => each.role === 'owner' && each.deactivatedAt === null);
}

/** Whether what was typed is the name, as people type: case and outer blanks do not count. */
export function isTyped(typed: string, name: string): boolean {
  const bare = (words: string) => words.trim().replace(/\s+/g, ' ').toLowerCase();
  return bare(typed) === bare(name);
}
