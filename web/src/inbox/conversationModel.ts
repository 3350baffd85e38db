import type { Order } from '@/database/liveWindow';
import { Constants } from '@/database/types';
import { asFields, flag, oneOfOrNull, text, textOrNull, whole } from '@/lib/decode';
import { formatNumber } from '@/lib/phone';
import { compareInstants } from '@/lib/when';

export type MessageStatus = (typeof Constants.public.Enums.message_status)[number];
export type MessageDirection = (typeof Constants.public.Enums.message_direction)[number];
export type ContactType = (typeof Constants.public.Enums.contact_type)[number];

/** A row of the inbox: our number and theirs. */
export interface Conversation {
  id: string;
  version: number;
  ourNumber: string;
  ourNumberLabel: string | null;
  /** E.164, or a short code or name as the provider gave it. */
  theirNumber: string;
  /** Set exactly when one contact owns the number. */
  contactId: string | null;
  contactName: string | null;
  contactType: ContactType | null;
  unreadCount: number;
  lastMessageAt: string;
  lastMessageBody: string | null;
  lastMessageDirection: MessageDirection | null;
  lastMessageStatus: MessageStatus | null;
  optedOut: boolean;
  createdAt: string;
}

export function decodeConversation(value: unknown): Conversation {
  const row = asFields(value);
  const { message_direction, message_status, contact_type } = Constants.public.Enums;
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    ourNumber: text(row, 'our_number'),
    ourNumberLabel: textOrNull(row, 'our_number_label'),
    theirNumber: text(row, 'their_number'),
    contactId: textOrNull(row, 'contact_id'),
    contactName: textOrNull(row, 'contact_name'),
    contactType: oneOfOrNull(row, 'contact_type', contact_type),
    unreadCount: whole(row, 'unread_count'),
    lastMessageAt: text(row, 'last_message_at'),
    lastMessageBody: textOrNull(row, 'last_message_body'),
    lastMessageDirection: oneOfOrNull(row, 'last_message_direction', message_direction),
    lastMessageStatus: oneOfOrNull(row, 'last_message_status', message_status),
    optedOut: flag(row, 'opted_out'),
    createdAt: text(row, 'created_at'),
  };
}

/** Newest first, as `(last_message_at, id)` descending. */
export const byLastMessage: Order<Conversation> = (one, other) =>
  compareInstants(other.lastMessageAt, one.lastMessageAt) ||
  (other.id < one.id ? -1 : other.id > one.id ? 1 : 0);

/** The name, or the number for people while nobody said who it is. */
export function nameOf(conversation: Conversation, country: string): string {
  return conversation.contactName ?? formatNumber(conversation.theirNumber, country);
}

/** Short codes and sender names can write to us and take no answer. */
export function isTextable(conversation: Conversation): boolean {
  return conversation.theirNumber.startsWith('+');
}

/** One line for the row: what was said last, and by whom. */
export function lastLineOf(conversation: Conversation): string {
  const body = conversation.lastMessageBody?.replace(/\s+/g, ' ').trim();
  const line = body === undefined || body === '' ? 'Attachment' : body;
  if (conversation.lastMessageDirection === null) return 'No texts yet';
  return conversation.lastMessageDirection === 'outbound' ? `You: ${line}` : line;
}

export function countUnread(rows: readonly Conversation[]): number {
  return rows.filter((row) => row.unreadCount > 0).length;
}
