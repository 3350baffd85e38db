import { Constants } from '@/database/types';
import { asFields, oneOf, text } from '@/lib/decode';
import type { Role } from './companyModel';

const STATES = ['open', 'used', 'revoked', 'expired'] as const;

/** What whoever holds the link of an invitation may see of it. */
export interface InvitationPreview {
  company: string;
  role: Role;
  email: string;
  displayName: string;
  state: (typeof STATES)[number];
}

export function decodePreview(value: unknown): InvitationPreview {
  const fields = asFields(value);
  return {
    company: text(fields, 'company'),
    role: oneOf(fields, 'role', Constants.public.Enums.member_role),
    email: text(fields, 'email'),
    displayName: text(fields, 'display_name'),
    state: oneOf(fields, 'state', STATES),
  };
}

/** The secret of the link: what stands behind its `#`. */
export function tokenIn(hash: string): string | null {
  const token = hash.replace(/^#/, '');
  return /^[\w-]{20,100}$/.test(token) ? token : null;
}

export const isSameAddress = (one: string, other: string): boolean =>
  one.toLowerCase() === other.toLowerCase();

/** As `a manager`, `an owner`. */
export function asRole(role: Role): string {
  const words = role === 'tech' ? 'technician' : role;
  return `${/^[aeiou]/.test(words) ? 'an' : 'a'} ${words}`;
}

const ENDS: Record<Exclude<InvitationPreview['state'], 'open'>, string> = {
  used: 'This invitation was accepted already. If that was you, sign in.',
  revoked: 'This invitation was taken back.',
  expired: 'This invitation has expired. Ask for a new one.',
};

export function endWords(state: InvitationPreview['state']): string | null {
  return state === 'open' ? null : ENDS[state];
}
