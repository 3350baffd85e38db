import { useCallback, useEffect, useRef, useState } from 'react';
import { onChange } from '@/database/changes';
import { useRefresher } from '@/database/freshness';
import { emptyWindow, extendRows, hear, replaceRows, type LiveWindow } from '@/database/liveWindow';
import { byMoment, decodeEntry, type ThreadEntry } from '@/inbox/threadModel';
import { fetchEntries, type ThreadPage } from '@/inbox/threadRepository';
import { DecodeError } from '@/lib/decode';
import { toFailure, type Failure } from '@/lib/failure';

const PAGE = 40;
/** The Data API answers with at most 1,000 rows. */
const MOST = 1_000;

interface Activity {
  window: LiveWindow<ThreadEntry>;
  status: 'loading' | 'ready' | 'failed';
  failure: Failure | null;
}

const START: Activity = { window: emptyWindow(), status: 'loading', failure: null };

/** Everything that happened with a contact, kept true while it is on screen; earlier things are loaded when asked for. */
export function useActivity(contactId: string) {
  const [activity, setActivity] = useState(START);
  const rows = useRef<readonly ThreadEntry[]>([]);
  useEffect(() => {
    rows.current = activity.window.rows;
  });
  const load = useCallback(async () => {
    const askedAt = performance.now();
    const limit = Math.min(MOST, Math.max(PAGE, rows.current.length));
    try {
      const page = await fetchEntries({ conversationId: '', contactId }, limit);
      setActivity(({ window }) => ({
        window: replaceRows(window, { ...page, askedAt }, byMoment),
        status: 'ready',
        failure: null,
      }));
    } catch (error) {
      // What is on screen stays; the connection line says that it may be old.
      setActivity((now) =>
        now.status === 'ready' ? now : { ...now, status: 'failed', failure: toFailure(error) },
      );
    }
  }, [contactId]);
  const hearEntry = useCallback(
    (entry: ThreadEntry) =>
      setActivity((now) => ({ ...now, window: hear(now.window, entry, byMoment, performance.now()) })),
    [],
  );
  const extend = useCallback(
    (page: ThreadPage) => setActivity((now) => ({ ...now, window: extendRows(now.window, page, byMoment) })),
    [],
  );
  useRefresher(load);
  useLiveEntries(contactId, load, hearEntry);
  const loadEarlier = useEarlier(contactId, activity, extend);
  return { ...activity, load, loadEarlier };
}

function useLiveEntries(
  contactId: string,
  load: () => Promise<void>,
  hearEntry: (entry: ThreadEntry) => void,
): void {
  useEffect(() => {
    void load();
    return onChange('thread_entries', ({ row }) => {
      const entry = readEntry(row);
      if (!entry) void load();
      else if (entry.contactId === contactId) hearEntry(entry);
    });
  }, [contactId, load, hearEntry]);
}

/** Null for a deletion, and for a row that this build cannot read: something changed, that much is known. */
function readEntry(row: unknown): ThreadEntry | null {
  if (row === null) return null;
  try {
    return decodeEntry(row);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return null;
  }
}

/** Loads what happened before the oldest entry that is there; one page at a time. */
function useEarlier(
  contactId: string,
  { window, status }: Activity,
  extend: (page: ThreadPage) => void,
): () => Promise<void> {
  const loading = useRef(false);
  return async () => {
    if (loading.current || status !== 'ready' || window.complete) return;
    loading.current = true;
    try {
      extend(await fetchEntries({ conversationId: '', contactId }, PAGE, window.rows.at(-1)));
    } catch (error) {
      console.warn('could not load earlier activity', error);
    } finally {
      loading.current = false;
    }
  };
}
