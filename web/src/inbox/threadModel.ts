import type { Order } from '@/database/liveWindow';
import { Constants } from '@/database/types';
import {
  asFields,
  asList,
  oneOf,
  oneOfOrNull,
  text,
  textOrNull,
  whole,
  wholeOrNull,
  type Fields,
} from '@/lib/decode';
import { compareInstants } from '@/lib/when';
import type { MessageDirection, MessageStatus } from './conversationModel';

interface EntryBase {
  id: string;
  version: number;
  at: string;
  conversationId: string | null;
  contactId: string | null;
  /** The text or the line of the consent ledger that the entry shows. */
  subjectId: string;
}

export interface Attachment {
  contentType: string;
}

export interface TextEntry extends EntryBase {
  kind: 'sms';
  direction: MessageDirection;
  body: string;
  status: MessageStatus;
  /** Plain words, beside a status that needs them. */
  statusReason: string | null;
  segmentCount: number | null;
  attachments: Attachment[];
  authorId: string | null;
  authorName: string | null;
}

export interface ConsentEntry extends EntryBase {
  kind: 'consent';
  granted: boolean;
}

/** Something happened to the money of one of the contact's invoices. Only those who see money are shown it. */
export interface MoneyEntry extends EntryBase {
  kind: 'payment' | 'refund' | 'dispute';
  /** Of the payment, the refund or the dispute. */
  moneyStatus: string;
  /** In minor units. */
  amountCents: number;
  currency: string;
  invoiceId: string;
  invoiceNumber: number | null;
}

/** A note, a task, a file or a merge: what people know and do about the contact, between the texts. */
export interface RecordEntry extends EntryBase {
  kind: 'note' | 'task' | 'attachment' | 'merge';
  /** Of the task, or the name of the file or of the contact that was merged. */
  title: string | null;
  body: string | null;
  authorId: string | null;
  authorName: string | null;
  isPinned: boolean;
  /** Of a task: a calendar day. */
  dueOn: string | null;
  /** Of a task that is done, or a merge that was undone. */
  isOver: boolean;
}

export type ThreadEntry = TextEntry | ConsentEntry | MoneyEntry | RecordEntry;

export const isRecord = (entry: ThreadEntry): entry is RecordEntry => 'isOver' in entry;

export function decodeEntry(value: unknown): ThreadEntry {
  const row = asFields(value);
  const base = {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    at: text(row, 'at'),
    conversationId: textOrNull(row, 'conversation_id'),
    contactId: textOrNull(row, 'contact_id'),
    subjectId: text(row, 'subject_id'),
  };
  const kind = oneOf(row, 'kind', Constants.public.Enums.timeline_kind);
  if (kind === 'sms') return { ...base, kind, ...decodeText(row) };
  if (kind === 'consent') return { ...base, kind, ...decodeConsent(row) };
  if (kind === 'payment' || kind === 'refund' || kind === 'dispute') {
    return { ...base, kind, ...decodeMoney(row) };
  }
  return { ...base, kind, ...decodeRecord(row) };
}

function decodeText(row: Fields): Omit<TextEntry, 'kind' | keyof EntryBase> {
  return {
    direction: oneOf(row, 'direction', Constants.public.Enums.message_direction),
    body: text(row, 'body'),
    status: oneOf(row, 'status', Constants.public.Enums.message_status),
    statusReason: textOrNull(row, 'status_reason'),
    segmentCount: wholeOrNull(row, 'segment_count'),
    attachments: asList(row.media ?? [], (item) => ({
      contentType: textOrNull(asFields(item), 'content_type') ?? 'file',
    })),
    authorId: textOrNull(row, 'created_by'),
    authorName: textOrNull(row, 'author_name'),
  };
}

function decodeConsent(row: Fields): Omit<ConsentEntry, 'kind' | keyof EntryBase> {
  return { granted: oneOfOrNull(row, 'consent_status', ['granted', 'revoked']) === 'granted' };
}

function decodeMoney(row: Fields): Omit<MoneyEntry, 'kind' | keyof EntryBase> {
  return {
    moneyStatus: text(row, 'money_status'),
    amountCents: whole(row, 'amount_cents'),
    currency: text(row, 'currency'),
    invoiceId: text(row, 'invoice_id'),
    invoiceNumber: wholeOrNull(row, 'invoice_number'),
  };
}

function decodeRecord(row: Fields): Omit<RecordEntry, 'kind' | keyof EntryBase> {
  const details: Fields = row.details == null ? {} : asFields(row.details);
  return {
    title: textOrNull(row, 'title'),
    body: textOrNull(row, 'body'),
    authorId: textOrNull(row, 'created_by'),
    authorName: textOrNull(row, 'author_name'),
    isPinned: details.pinned === true,
    dueOn: textOrNull(details, 'due_on'),
    isOver: details.completed_at != null || details.undone_at != null,
  };
}

/** Newest first, as `(at, id)` descending. */
export const byMoment: Order<ThreadEntry> = (one, other) =>
  compareInstants(other.at, one.at) || (other.id < one.id ? -1 : other.id > one.id ? 1 : 0);

/** What a thread shows: everything of the contact, or of the conversation while nobody alone owns the number. */
export interface ThreadScope {
  conversationId: string;
  contactId: string | null;
}

export function belongsTo(entry: ThreadEntry, scope: ThreadScope): boolean {
  return scope.contactId === null
    ? entry.conversationId === scope.conversationId
    : entry.contactId === scope.contactId;
}

/** The oldest unread text: the conversation's newest inbound texts are the unread ones. Null when it is not loaded. */
export function findFirstUnread(
  newestFirst: readonly ThreadEntry[],
  conversationId: string,
  unreadCount: number,
): string | null {
  const inbound = newestFirst.filter(
    (entry) =>
      entry.kind === 'sms' && entry.direction === 'inbound' && entry.conversationId === conversationId,
  );
  return unreadCount > 0 ? (inbound[unreadCount - 1]?.id ?? null) : null;
}
