import { useVirtualizer } from '@tanstack/react-virtual';
import { MessagesSquare } from 'lucide-react';
import { useEffect, useMemo, useRef } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useDelayed } from '@/lib/useDelayed';
import { useKeys } from '@/lib/useKeys';
import type { Conversation } from './conversationModel';
import { ConversationRow } from './ConversationRow';
import { loadMoreConversations, refreshConversations, useConversations } from './conversationStore';
import { useDrafts } from './draftStore';
import { EmptyInbox } from './EmptyInbox';

const ROW = 69;
/** Older rows are loaded when this many are left below. */
const AHEAD = 10;

export function ConversationList({ selectedId }: { selectedId: string | undefined }) {
  const { window: loaded, status, failure } = useConversations();
  const slow = useDelayed(status === 'loading');
  return (
    <section
      aria-label="Conversations"
      aria-busy={status === 'loading'}
      className="flex min-h-0 flex-1 flex-col"
    >
      <header className="flex h-14 shrink-0 items-center gap-2 border-b px-4">
        <h1 className="flex-1 text-lg font-semibold tracking-tight">Inbox</h1>
      </header>
      {status === 'loading' && slow && <ListSkeleton />}
      {status === 'failed' && failure && (
        <ErrorState failure={failure} onRetry={() => void refreshConversations()} />
      )}
      {status === 'ready' && loaded.rows.length === 0 && <EmptyInbox />}
      {loaded.rows.length > 0 && <Rows rows={loaded.rows} selectedId={selectedId} />}
    </section>
  );
}

interface RowsProps {
  rows: readonly Conversation[];
  selectedId: string | undefined;
}

function Rows({ rows, selectedId }: RowsProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const drafts = useDrafts((state) => state.drafts);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 6,
  });
  const shown = virtualizer.getVirtualItems();
  useLoadMore(shown.at(-1)?.index ?? 0, rows.length);
  useReturnFocus(selectedId);
  useRowKeys(rows, selectedId, (index) => {
    virtualizer.scrollToIndex(index);
    // The row may be drawn only now.
    requestAnimationFrame(() => focusRow(rows[index]?.id));
  });
  return (
    <div ref={scrollRef} className="min-h-0 flex-1 overflow-y-auto overscroll-contain">
      <ul role="list" className="relative" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, key, start }) => {
          const conversation = rows[index];
          if (!conversation) return null;
          return (
            <li
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              aria-setsize={rows.length}
              aria-posinset={index + 1}
              className="absolute inset-x-0 top-0 border-b"
              style={{ transform: `translateY(${start}px)` }}
            >
              <ConversationRow
                conversation={conversation}
                selected={conversation.id === selectedId}
                draft={conversation.id === selectedId ? undefined : drafts[conversation.id]}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function useLoadMore(lastShown: number, count: number): void {
  useEffect(() => {
    if (lastShown >= count - AHEAD) void loadMoreConversations();
  }, [lastShown, count]);
}

/** The conversation whose row has the focus. */
export function focusedRow(): string | undefined {
  return document.activeElement instanceof HTMLElement
    ? document.activeElement.dataset.conversation
    : undefined;
}

function focusRow(id: string | undefined): void {
  findRow(id)?.focus();
}

function findRow(id: string | undefined): HTMLElement | null {
  return document.querySelector(`[data-conversation="${CSS.escape(id ?? '')}"]`);
}

/** Whoever leaves a thread goes on from its row: the focus was in what is gone. */
function useReturnFocus(selectedId: string | undefined): void {
  const left = useRef<string>(undefined);
  // After each drawing: on a phone the rows are drawn a moment after the list is shown again.
  useEffect(() => {
    if (selectedId !== undefined) {
      left.current = selectedId;
      return;
    }
    if (document.activeElement !== document.body) left.current = undefined;
    const row = findRow(left.current);
    if (!row) return;
    row.focus();
    left.current = undefined;
  });
}

/** j and k move from the focused row, or from the open one. */
function useRowKeys(
  rows: readonly Conversation[],
  selectedId: string | undefined,
  goTo: (index: number) => void,
): void {
  const move = (step: number) => {
    const from = rows.findIndex((row) => row.id === (focusedRow() ?? selectedId));
    const to = from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step));
    goTo(to);
  };
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  const handlers = useMemo(() => ({ j: () => latest.current(1), k: () => latest.current(-1) }), []);
  useKeys(handlers);
}

function ListSkeleton() {
  return (
    <div role="status" className="grid gap-5 p-4">
      <span className="sr-only">Loading conversations</span>
      {['w-32', 'w-44', 'w-36', 'w-28', 'w-40'].map((width) => (
        <div key={width} className="flex gap-3">
          <Skeleton className="size-10 rounded-full" />
          <div className="grid flex-1 content-center gap-2">
            <Skeleton className={`h-4 ${width}`} />
            <Skeleton className="h-3 w-full" />
          </div>
        </div>
      ))}
    </div>
  );
}

export function NoConversation() {
  return (
    <div className="m-auto grid justify-items-center gap-3 p-8 text-center text-sm text-muted-foreground">
      <MessagesSquare aria-hidden className="size-8" />
      <p>Pick a conversation to read it.</p>
      <p>
        <kbd className="rounded border bg-card px-1.5 py-0.5 font-sans text-xs">?</kbd> shows the keys.
      </p>
    </div>
  );
}
