import { Link } from 'react-router';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { DueLabel } from './DueLabel';
import { badgeOf } from './invoiceBadge';
import { customerOf, titleOf, type Invoice } from './invoiceModel';
import type { RowVirtualizer } from './InvoiceRows';

interface InvoiceCardsProps {
  rows: readonly Invoice[];
  virtualizer: RowVirtualizer;
}

export function InvoiceCards({ rows, virtualizer }: InvoiceCardsProps) {
  return (
    <ul role="list" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const invoice = rows[index];
        if (!invoice) return null;
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
            <Card invoice={invoice} />
          </li>
        );
      })}
    </ul>
  );
}

function Card({ invoice }: { invoice: Invoice }) {
  return (
    <Link
      to={`/invoices/${invoice.id}`}
      data-invoice={invoice.id}
      className="grid gap-1.5 px-4 py-3 -outline-offset-2 transition-colors hover:bg-muted"
    >
      <span className="flex items-baseline gap-3">
        <span className="min-w-0 flex-1 truncate text-[0.9375rem] font-medium">{customerOf(invoice)}</span>
        <Money cents={invoice.totalCents} currency={invoice.currency} className="font-semibold" />
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted-foreground">
        <StatusBadge badge={badgeOf(invoice)} />
        {invoice.number !== null && <span className="tabular-nums">{titleOf(invoice)}</span>}
        <span className="ml-auto tabular-nums">
          <Remainder invoice={invoice} />
        </span>
      </span>
    </Link>
  );
}

/** What is left of a part-paid invoice, else when it is due. */
function Remainder({ invoice }: { invoice: Invoice }) {
  if (invoice.balanceCents > 0 && invoice.balanceCents < invoice.totalCents) {
    return (
      <>
        <Money cents={invoice.balanceCents} currency={invoice.currency} /> left
      </>
    );
  }
  return <DueLabel invoice={invoice} withWord />;
}
