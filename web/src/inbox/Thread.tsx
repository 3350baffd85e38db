import { useCallback, useEffect, useMemo, useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useRefresher } from '@/database/freshness';
import { useDelayed } from '@/lib/useDelayed';
import { useNow } from '@/lib/useNow';
import { mayAnswer } from '@/session/companyModel';
import { useCompany, usePlace } from '@/session/companyStore';
import { Composer } from './Composer';
import type { Conversation } from './conversationModel';
import { beginReading, isKeptUnread, setRead } from './conversationStore';
import { useOutbox } from './outboxStore';
import { ThreadHeader } from './ThreadHeader';
import { findFirstUnread } from './threadModel';
import { openThread, refreshThread, useThreads } from './threadStore';
import { Timeline } from './Timeline';
import { buildTimeline, type TimelineItem } from './timelineModel';
import { useVisible } from '@/lib/useVisible';

/** The column in the middle: who it is, what was said, what to say. */
export function Thread({ conversation }: { conversation: Conversation }) {
  const { id } = conversation;
  const thread = useThreads((state) => state.threads[id]);
  const opening = useOpening(conversation);
  const [atEnd, setAtEnd] = useState(true);
  const answers = mayAnswer(useCompany());
  useMarkRead(conversation, answers && opening.done && atEnd);
  const items = useTimeline(id, opening.firstUnreadId);
  const slow = useDelayed(thread?.status === 'loading');
  return (
    <section aria-label="Conversation" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <ThreadHeader conversation={conversation} />
      {thread?.status === 'failed' && thread.failure && (
        <ErrorState failure={thread.failure} onRetry={() => void refreshThread(id)} />
      )}
      {thread?.status === 'loading' && <div className="flex-1 p-4">{slow && <ThreadSkeleton />}</div>}
      {thread?.status === 'ready' && opening.done && (
        <Timeline
          conversation={conversation}
          items={items}
          complete={thread.window.complete}
          loadingEarlier={thread.loadingEarlier}
          onAtEnd={setAtEnd}
        />
      )}
      {answers ? <Composer conversation={conversation} /> : <ReadOnly />}
    </section>
  );
}

function ReadOnly() {
  return (
    <p className="shrink-0 border-t bg-card px-4 py-3 safe-bottom text-center text-sm text-muted-foreground">
      You can read these texts. Answering them is not part of your role.
    </p>
  );
}

interface Opening {
  done: boolean;
  /** Where the unread texts began when the thread was opened: the line stays there while it is read. */
  firstUnreadId: string | null;
}

function useOpening({ id, contactId, unreadCount }: Conversation): Opening {
  const [opening, setOpening] = useState<Opening>({ done: unreadCount === 0, firstUnreadId: null });
  const refresh = useCallback(() => refreshThread(id), [id]);
  useRefresher(refresh);
  useEffect(() => {
    beginReading(id);
    void openThread({ conversationId: id, contactId }, unreadCount).then(() => {
      const entries = useThreads.getState().threads[id]?.window.rows ?? [];
      const firstUnreadId = findFirstUnread(entries, id, unreadCount);
      setOpening((known) => (known.done ? known : { done: true, firstUnreadId }));
    });
    // How much was unread counts at the moment of opening.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, contactId]);
  return opening;
}

/** What is in front of somebody's eyes is read. */
function useMarkRead(conversation: Conversation, seen: boolean): void {
  const visible = useVisible();
  const { unreadCount } = conversation;
  useEffect(() => {
    if (seen && visible && unreadCount > 0 && !isKeptUnread(conversation.id))
      void setRead(conversation, true);
    // Once for each change of the count, whatever else changes in the row.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [seen, visible, unreadCount]);
}

function useTimeline(conversationId: string, firstUnreadId: string | null): TimelineItem[] {
  const place = usePlace();
  const now = useNow();
  const entries = useThreads((state) => state.threads[conversationId]?.window.rows);
  const outbox = useOutbox((state) => state.items);
  return useMemo(() => {
    const mine = outbox.filter((item) => item.conversationId === conversationId);
    return buildTimeline({ entries: entries ?? [], outbox: mine, firstUnreadId, place, now });
  }, [entries, outbox, conversationId, firstUnreadId, place, now]);
}

function ThreadSkeleton() {
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">Loading texts</span>
      <Skeleton className="h-10 w-1/2" />
      <Skeleton className="h-16 w-2/5" />
      <Skeleton className="ml-auto h-10 w-1/2" />
      <Skeleton className="h-10 w-1/3" />
    </div>
  );
}
