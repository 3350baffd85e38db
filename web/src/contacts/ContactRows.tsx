import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { cn } from '@/lib/cn';
import { useKeys } from '@/lib/useKeys';
import { useMediaQuery } from '@/lib/useMediaQuery';
import { ContactCards } from './ContactCards';
import type { ContactRow } from './contactModel';
import { keepScroll, keptScroll, loadMoreContacts, takeLastOpened } from './contactStore';
import { ContactTable } from './ContactTable';

/** More rows are loaded when this many are left below. */
const AHEAD = 10;
const TABLE_ROW = 44;
const CARD = 76;

export type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

interface ContactRowsProps {
  rows: readonly ContactRow[];
  /** The rows answer a former question; the new ones are on their way. */
  stale: boolean;
}

/** The list as a table on wide screens and as cards on a phone; only what is near the eye is in the page. */
export function ContactRows({ rows, stale }: ContactRowsProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery('(min-width: 48rem)');
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => (isWide ? TABLE_ROW : CARD),
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: () => keptScroll(),
    overscan: 8,
  });
  useRestoredPlace(scrollRef);
  useLoadMore(virtualizer.getVirtualItems().at(-1)?.index ?? 0, rows.length);
  useRowKeys(rows, (index) => {
    virtualizer.scrollToIndex(index);
    // The row may be drawn only now.
    requestAnimationFrame(() => focusContact(rows[index]?.id));
  });
  const Shape = isWide ? ContactTable : ContactCards;
  return (
    <div
      ref={scrollRef}
      onScroll={(event) => keepScroll(event.currentTarget.scrollTop)}
      className={cn(
        'min-h-0 flex-1 overflow-y-auto overscroll-contain transition-opacity [overflow-anchor:none]',
        stale && 'opacity-60',
      )}
    >
      <Shape rows={rows} virtualizer={virtualizer} />
    </div>
  );
}

/** Coming back from a contact, the list is where it was left, and so is the focus. */
function useRestoredPlace(scrollRef: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (scrollRef.current) scrollRef.current.scrollTop = keptScroll();
    const opened = takeLastOpened();
    // After the rows at that place are drawn.
    if (opened) requestAnimationFrame(() => document.activeElement === document.body && focusContact(opened));
  }, [scrollRef]);
}

function useLoadMore(lastShown: number, count: number): void {
  useEffect(() => {
    if (lastShown >= count - AHEAD) void loadMoreContacts();
  }, [lastShown, count]);
}

const focusedContact = () =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset.contact : undefined;

function focusContact(id: string | undefined): void {
  document
    .querySelector<HTMLElement>(`[data-contact="${CSS.escape(id ?? '')}"]`)
    ?.focus({ preventScroll: true });
}

/** j and k move from the row that has the focus. */
function useRowKeys(rows: readonly ContactRow[], goTo: (index: number) => void): void {
  const move = (step: number) => {
    const from = rows.findIndex((row) => row.id === focusedContact());
    goTo(from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step)));
  };
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  const handlers = useMemo(() => ({ j: () => latest.current(1), k: () => latest.current(-1) }), []);
  useKeys(handlers);
}
