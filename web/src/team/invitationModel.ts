import { asFields, flag, oneOf, text } from '@/lib/decode';
import type { Role } from '@/session/companyModel';
import { ROLES } from './memberModel';

/** Somebody who was asked to work here and has not come yet. */
export interface Invitation {
  id: string;
  email: string;
  role: Role;
  displayName: string;
  createdAt: string;
  expiresAt: string;
}

export function decodeInvitation(value: unknown): Invitation {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    role: oneOf(row, 'role', ROLES),
    displayName: text(row, 'display_name'),
    createdAt: text(row, 'created_at'),
    expiresAt: text(row, 'expires_at'),
  };
}

export function isExpired({ expiresAt }: Pick<Invitation, 'expiresAt'>, now: Date): boolean {
  return Date.parse(expiresAt) <= now.getTime();
}

/** What became of sending an invitation. */
export interface SentInvitation {
  email: string;
  /** Opens the invitation. Nobody is told it a second time. */
  url: string;
  /** Whether a mail is on its way; if not, the link has to be handed over. */
  mailed: boolean;
}

export function decodeSent(value: unknown, email: string): SentInvitation {
  const fields = asFields(value);
  return { email, url: text(fields, 'url'), mailed: flag(fields, 'mailed') };
}
