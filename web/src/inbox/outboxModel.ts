import { asFields, text, whole } from '@/lib/decode';

/**
 * A text written here that the thread does not show yet.
 * - sending: on its way to the database
 * - waiting: there was no answer; tried again with the same id, which makes no second text
 * - accepted: the database has it; the thread's own line takes its place in a moment
 */
export interface OutboxItem {
  /** Made here; the id of the text. */
  id: string;
  conversationId: string;
  body: string;
  createdAt: string;
  state: 'sending' | 'waiting' | 'accepted';
  /** Tries that may have arrived although no answer came. */
  attempts: number;
}

/** An item that was kept over a reload: whether its last try arrived is not known. */
export function decodeOutboxItem(json: string): OutboxItem {
  const fields = asFields(JSON.parse(json));
  return {
    id: text(fields, 'id'),
    conversationId: text(fields, 'conversationId'),
    body: text(fields, 'body'),
    createdAt: text(fields, 'createdAt'),
    attempts: whole(fields, 'attempts'),
    state: 'waiting',
  };
}

/** In the order in which they were written, which is the order in which they are sent. */
export function byCreation(one: OutboxItem, other: OutboxItem): number {
  return one.createdAt < other.createdAt ? -1 : one.createdAt > other.createdAt ? 1 : 0;
}
