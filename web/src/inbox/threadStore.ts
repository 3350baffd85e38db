import { create } from 'zustand';
import type { Change } from '@/database/changeModel';
import { emptyWindow, extendRows, hear, replaceRows, type LiveWindow } from '@/database/liveWindow';
import { toFailure, type Failure } from '@/lib/failure';
import { onSessionEnd } from '@/session/sessionStore';
import { settle } from './outboxStore';
import { belongsTo, byMoment, decodeEntry, type ThreadEntry, type ThreadScope } from './threadModel';
import { fetchEntries } from './threadRepository';

const PAGE = 50;
/** The Data API answers with at most 1,000 rows. */
const MOST = 1_000;

export interface Thread {
  scope: ThreadScope;
  window: LiveWindow<ThreadEntry>;
  status: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
  loadingEarlier: boolean;
}

interface ThreadState {
  /** Threads that were opened, by conversation: going back to one shows it at once. */
  threads: Readonly<Record<string, Thread>>;
}

export const useThreads = create<ThreadState>(() => ({ threads: {} }));

const { getState, setState } = useThreads;

const find = (conversationId: string): Thread | undefined => getState().threads[conversationId];

function patch(conversationId: string, change: (thread: Thread) => Partial<Thread>): void {
  setState(({ threads }) => {
    const thread = threads[conversationId];
    return thread ? { threads: { ...threads, [conversationId]: { ...thread, ...change(thread) } } } : {};
  });
}

/**
 * Shows what is known of a thread and asks for the rest, back to its unread texts. A changed scope (a contact was
 * linked) starts it anew.
 */
export async function openThread(scope: ThreadScope, unreadCount: number): Promise<void> {
  const known = find(scope.conversationId);
  if (known?.scope.contactId !== scope.contactId) {
    const thread: Thread = {
      scope,
      window: emptyWindow(),
      status: 'loading',
      failure: null,
      loadingEarlier: false,
    };
    setState(({ threads }) => ({ threads: { ...threads, [scope.conversationId]: thread } }));
  }
  await refreshThread(scope.conversationId, unreadCount + PAGE);
}

/** Asks for the whole window again. */
export async function refreshThread(conversationId: string, atLeast = PAGE): Promise<void> {
  const thread = find(conversationId);
  if (!thread) return;
  const askedAt = performance.now();
  const limit = Math.min(MOST, Math.max(atLeast, thread.window.rows.length));
  try {
    const page = await fetchEntries(thread.scope, limit);
    settle(new Set(page.rows.map((entry) => entry.subjectId)));
    patch(conversationId, ({ window }) => ({
      window: replaceRows(window, { ...page, askedAt }, byMoment),
      status: 'ready',
      failure: null,
    }));
  } catch (error) {
    patch(conversationId, ({ status }) =>
      status === 'ready' ? {} : { status: 'failed', failure: toFailure(error) },
    );
  }
}

export async function loadEarlier(conversationId: string): Promise<void> {
  const thread = find(conversationId);
  if (thread?.status !== 'ready' || thread.loadingEarlier || thread.window.complete) return;
  patch(conversationId, () => ({ loadingEarlier: true }));
  try {
    const page = await fetchEntries(thread.scope, PAGE, thread.window.rows.at(-1));
    patch(conversationId, ({ window }) => ({ window: extendRows(window, page, byMoment) }));
  } catch (error) {
    console.warn('could not load earlier entries', error);
  } finally {
    patch(conversationId, () => ({ loadingEarlier: false }));
  }
}

export function hearEntry(change: Change): ThreadEntry | null {
  if (change.row === null) {
    for (const conversationId of Object.keys(getState().threads)) void refreshThread(conversationId);
    return null;
  }
  const entry = decodeEntry(change.row);
  for (const { scope } of Object.values(getState().threads)) {
    if (!belongsTo(entry, scope)) continue;
    patch(scope.conversationId, ({ window }) => ({
      window: hear(window, entry, byMoment, performance.now()),
    }));
  }
  settle(new Set([entry.subjectId]));
  return entry;
}

onSessionEnd(() => setState({ threads: {} }));
