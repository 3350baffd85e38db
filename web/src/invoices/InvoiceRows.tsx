import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, type RefObject } from 'react';
import { useKeys } from '@/lib/useKeys';
import { useMediaQuery } from '@/lib/useMediaQuery';
import { InvoiceCards } from './InvoiceCards';
import type { Invoice } from './invoiceModel';
import { keepScroll, loadMoreInvoices, useInvoices } from './invoiceStore';
import { InvoiceTable } from './InvoiceTable';

/** Older rows are loaded when this many are left below. */
const AHEAD = 10;
const TABLE_ROW = 45;
const CARD = 80.5;

export type RowVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** The list as a table on wide screens and as cards on a phone; only what is near the eye is in the page. */
export function InvoiceRows({ rows }: { rows: readonly Invoice[] }) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const isWide = useMediaQuery('(min-width: 48rem)');
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => (isWide ? TABLE_ROW : CARD),
    getItemKey: (index) => rows[index]?.id ?? index,
    initialOffset: () => useInvoices.getState().scroll,
    overscan: 8,
  });
  useRestoredScroll(scrollRef);
  useLoadMore(virtualizer.getVirtualItems().at(-1)?.index ?? 0, rows.length);
  useRowKeys(rows, (index) => {
    virtualizer.scrollToIndex(index);
    // The row may be drawn only now.
    requestAnimationFrame(() => focusRow(rows[index]?.id));
  });
  const Shape = isWide ? InvoiceTable : InvoiceCards;
  return (
    <div
      ref={scrollRef}
      onScroll={(event) => keepScroll(event.currentTarget.scrollTop)}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain [overflow-anchor:none]"
    >
      <Shape rows={rows} virtualizer={virtualizer} />
    </div>
  );
}

/** Coming back from an invoice, the list is where it was left. */
function useRestoredScroll(scrollRef: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    if (scrollRef.current) scrollRef.current.scrollTop = useInvoices.getState().scroll;
  }, [scrollRef]);
}

function useLoadMore(lastShown: number, count: number): void {
  useEffect(() => {
    if (lastShown >= count - AHEAD) void loadMoreInvoices();
  }, [lastShown, count]);
}

const focusedInvoice = () =>
  document.activeElement instanceof HTMLElement ? document.activeElement.dataset.invoice : undefined;

function focusRow(id: string | undefined): void {
  document.querySelector<HTMLElement>(`[data-invoice="${CSS.escape(id ?? '')}"]`)?.focus();
}

/** j and k move from the row that has the focus. */
function useRowKeys(rows: readonly Invoice[], goTo: (index: number) => void): void {
  const move = (step: number) => {
    const from = rows.findIndex((row) => row.id === focusedInvoice());
    goTo(from === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, from + step)));
  };
  const latest = useRef(move);
  useEffect(() => {
    latest.current = move;
  });
  const handlers = useMemo(() => ({ j: () => latest.current(1), k: () => latest.current(-1) }), []);
  useKeys(handlers);
}
