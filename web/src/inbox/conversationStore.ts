import { create } from 'zustand';
import type { Change } from '@/database/changeModel';
import { emptyWindow, extendRows, hear, replaceRows, type LiveWindow } from '@/database/liveWindow';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { byLastMessage, countUnread, decodeConversation, type Conversation } from './conversationModel';
import {
  countUnreadConversations,
  fetchConversation,
  fetchConversations,
  markRead,
  markUnread,
} from './conversationRepository';

const PAGE = 50;
/** The Data API answers with at most 1,000 rows. */
const MOST = 1_000;

interface ConversationState {
  window: LiveWindow<Conversation>;
  status: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  loadingMore: boolean;
  /** Unread conversations below the window. */
  unreadBelow: number;
  /** A conversation that was opened by its address and is not in the window; null: there is none for this person. */
  opened: Record<string, Conversation | null>;
}

const START: ConversationState = {
  window: emptyWindow(),
  status: 'loading',
  failure: null,
  loadingMore: false,
  unreadBelow: 0,
  opened: {},
};

export const useConversations = create<ConversationState>(() => START);

const { getState, setState } = useConversations;

/** Asks for the whole window again; also the first time. */
export async function refreshConversations(): Promise<void> {
  const askedAt = performance.now();
  const limit = Math.min(MOST, Math.max(PAGE, getState().window.rows.length));
  try {
    const [page, unread] = await Promise.all([fetchConversations(limit), countUnreadConversations()]);
    setState(({ window }) => ({
      window: replaceRows(window, { ...page, askedAt }, byLastMessage),
      unreadBelow: Math.max(0, unread - countUnread(page.rows)),
      status: 'ready',
      failure: null,
    }));
  } catch (error) {
    // A list that is on screen stays; the connection line says that it may be old.
    if (getState().status !== 'ready') setState({ status: 'failed', failure: toFailure(error) });
  }
}

export async function loadMoreConversations(): Promise<void> {
  const { window, loadingMore, status } = getState();
  if (loadingMore || window.complete || status !== 'ready') return;
  setState({ loadingMore: true });
  try {
    const page = await fetchConversations(PAGE, window.rows.at(-1));
    setState((state) => ({ window: extendRows(state.window, page, byLastMessage) }));
  } catch (error) {
    console.warn('could not load more conversations', error);
  } finally {
    setState({ loadingMore: false });
  }
}

/** Brings a conversation whose address was opened although the window does not reach it. */
export async function openConversation(id: string): Promise<void> {
  const conversation = await fetchConversation(id);
  setState(({ opened }) => ({ opened: { ...opened, [id]: conversation } }));
}

export function hearConversation(change: Change): Conversation | null {
  if (change.row === null) {
    void refreshConversations();
    return null;
  }
  const conversation = decodeConversation(change.row);
  putConversation(conversation);
  return conversation;
}

function putConversation(conversation: Conversation): void {
  setState(({ window, opened }) => ({
    window: hear(window, conversation, byLastMessage, performance.now()),
    opened: conversation.id in opened ? { ...opened, [conversation.id]: conversation } : opened,
  }));
}

export function findConversation(state: ConversationState, id: string): Conversation | null | undefined {
  return state.window.rows.find((row) => row.id === id) ?? state.opened[id];
}

let keptUnread: string | null = null;

/** Marks the open conversation unread: it stays so, although it is in front of somebody, until it is opened again. */
export function keepUnread(conversation: Conversation): Promise<void> {
  keptUnread = conversation.id;
  return setRead(conversation, false);
}

export function isKeptUnread(id: string): boolean {
  return keptUnread === id;
}

/** It is being opened (again): what is in front of somebody is read. */
export function beginReading(id: string): void {
  if (keptUnread === id) keptUnread = null;
}

/** Shows the mark at once. The event that follows carries a higher version and settles it; a refusal puts it back. */
export async function setRead(conversation: Conversation, read: boolean): Promise<void> {
  patchUnread(conversation.id, read ? 0 : Math.max(1, conversation.unreadCount));
  try {
    await (read ? markRead(conversation.id) : markUnread(conversation.id));
  } catch (error) {
    patchUnread(conversation.id, conversation.unreadCount);
    console.warn('could not change the unread mark', error);
  }
}

function patchUnread(id: string, unreadCount: number): void {
  setState(({ window }) => ({
    window: { ...window, rows: window.rows.map((row) => (row.id === id ? { ...row, unreadCount } : row)) },
  }));
}

/** Conversations with something unread, in the whole company. */
export function useUnreadTotal(): number {
  return useConversations((state) => countUnread(state.window.rows) + state.unreadBelow);
}

onSessionEnd(() => setState(START));
