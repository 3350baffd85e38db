import { create } from 'zustand';
import { toFailure, type Failure } from '@/lib/failure';
import { forget, keep, keysUnder, recall } from '@/lib/storage';
import { newId } from '@/lib/uuid';
import { onSessionEnd } from '@/session/sessionStore';
import { addToDraft } from './draftStore';
import { hasText, sendText } from './messageRepository';
import { byCreation, decodeOutboxItem, type OutboxItem } from './outboxModel';

interface OutboxState {
  items: readonly OutboxItem[];
  /** Why a conversation's last text was refused; the text itself is back in the composer. */
  refusals: Readonly<Record<string, Failure>>;
}

export const useOutbox = create<OutboxState>(() => ({ items: [], refusals: {} }));

const { getState, setState } = useOutbox;

/** Kept items belong to one person in one company: `fieldlite.outbox.<user>.<tenant>.<id>`. */
let owner = '';
let flushing: Promise<void> | null = null;

const keyOf = (id: string) => `fieldlite.outbox.${owner}.${id}`;

/** Takes up what was not sent when the page was last open, and sends it. */
export function openOutbox(userId: string, tenantId: string): void {
  owner = `${userId}.${tenantId}`;
  const items = keysUnder(`fieldlite.outbox.${owner}.`).flatMap(readItem);
  setState({ items: items.sort(byCreation), refusals: {} });
  void flushOutbox();
}

function readItem(key: string): OutboxItem[] {
  try {
    return [decodeOutboxItem(recall(key) ?? 'null')];
  } catch {
    forget(key);
    return [];
  }
}

/** Shows the text at once and hands it to the database as soon as there is signal. */
export function send(conversationId: string, body: string): void {
  const item: OutboxItem = {
    id: newId(),
    conversationId,
    body,
    createdAt: new Date().toISOString(),
    state: navigator.onLine ? 'sending' : 'waiting',
    attempts: 0,
  };
  clearRefusal(conversationId);
  setState(({ items }) => ({ items: [...items, item] }));
  keep(keyOf(item.id), JSON.stringify(item));
  void flushOutbox();
}

/** Sends what waits, oldest first; stops at the first that gets no answer. */
export function flushOutbox(): Promise<void> {
  flushing ??= flush().finally(() => {
    flushing = null;
  });
  return flushing;
}

async function flush(): Promise<void> {
  for (let item = nextItem(); item && navigator.onLine; item = nextItem()) {
    if (!(await trySending(item))) return;
  }
}

const nextItem = () => getState().items.find((item) => item.state !== 'accepted');

async function trySending(item: OutboxItem): Promise<boolean> {
  const sender = owner;
  const tried: OutboxItem = { ...item, state: 'sending', attempts: item.attempts + 1 };
  update(tried);
  keep(keyOf(item.id), JSON.stringify(tried));
  try {
    await sendText(item);
    if (sender === owner) accept(tried);
  } catch (error) {
    const failure = toFailure(error);
    // The session ended meanwhile: the item stays kept for when this person is back.
    if (sender !== owner) return false;
    if (failure.kind !== 'refused') {
      update({ ...tried, state: 'waiting' });
      return false;
    }
    refuse(tried, failure);
  }
  return true;
}

function accept(item: OutboxItem): void {
  forget(keyOf(item.id));
  update({ ...item, state: 'accepted' });
}

/** Rolls back: the bubble goes, the text returns to the composer, the reason stands beside it. */
function refuse(item: OutboxItem, failure: Failure): void {
  remove(item.id);
  addToDraft(item.conversationId, item.body);
  setState(({ refusals }) => ({ refusals: { ...refusals, [item.conversationId]: failure } }));
}

/** Puts a waiting text back into the composer, unless it arrived after all. Rejects without signal when that is unknown. */
export async function takeBack(item: OutboxItem): Promise<void> {
  if (item.attempts > 0 && (await hasText(item.id))) {
    accept(item);
    return;
  }
  remove(item.id);
  addToDraft(item.conversationId, item.body);
}

export function clearRefusal(conversationId: string): void {
  setState(({ refusals }) => ({
    refusals: Object.fromEntries(Object.entries(refusals).filter(([id]) => id !== conversationId)),
  }));
}

/** The thread shows these texts now. */
export function settle(textIds: ReadonlySet<string>): void {
  const settled = getState().items.filter((item) => textIds.has(item.id));
  for (const item of settled) remove(item.id);
}

/** When a person signs out on purpose, nothing of theirs stays on the computer. */
export function forgetOutbox(): void {
  for (const { id } of getState().items) forget(keyOf(id));
}

export const countUnsent = (state: OutboxState): number =>
  state.items.filter((item) => item.state !== 'accepted').length;

function update(item: OutboxItem): void {
  setState(({ items }) => ({ items: items.map((known) => (known.id === item.id ? item : known)) }));
}

function remove(id: string): void {
  forget(keyOf(id));
  setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));
}

onSessionEnd(() => {
  owner = '';
  setState({ items: [], refusals: {} });
});
