import { Link, useNavigate } from 'react-router';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { cn } from '@/lib/cn';
import { DueLabel } from './DueLabel';
import { badgeOf } from './invoiceBadge';
import { customerOf, type Invoice } from './invoiceModel';
import type { RowVirtualizer } from './InvoiceRows';

interface InvoiceTableProps {
  rows: readonly Invoice[];
  virtualizer: RowVirtualizer;
}

const COLUMNS = 6;

/** Rows above and below those in the page are one empty row of their height, so that the table stays a table. */
export function InvoiceTable({ rows, virtualizer }: InvoiceTableProps) {
  const shown = virtualizer.getVirtualItems();
  const above = shown[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (shown.at(-1)?.end ?? 0);
  return (
    <table aria-rowcount={rows.length + 1} className="w-full border-separate border-spacing-0 text-sm">
      <thead className="sticky top-0 z-10 bg-card text-left text-xs text-muted-foreground">
        <tr aria-rowindex={1}>
          <Heading className="pl-8">Number</Heading>
          <Heading>Customer</Heading>
          <Heading>State</Heading>
          <Heading>Due</Heading>
          <Heading className="text-right">Total</Heading>
          <Heading className="pr-8 text-right">Balance</Heading>
        </tr>
      </thead>
      <tbody>
        <Gap height={above} />
        {shown.map(({ index, key }) => {
          const invoice = rows[index];
          return invoice && <Row key={key} invoice={invoice} index={index} />;
        })}
        <Gap height={below} />
      </tbody>
    </table>
  );
}

function Heading({ className, children }: { className?: string; children: string }) {
  return (
    <th scope="col" className={cn('h-9 border-b px-3 font-medium', className)}>
      {children}
    </th>
  );
}

function Gap({ height }: { height: number }) {
  if (height <= 0) return null;
  return (
    <tr aria-hidden>
      <td colSpan={COLUMNS} className="p-0" style={{ height }} />
    </tr>
  );
}

const CELL = 'h-11 border-b px-3';

function Row({ invoice, index }: { invoice: Invoice; index: number }) {
  const navigate = useNavigate();
  const path = `/invoices/${invoice.id}`;
  return (
    // The whole row is a target for the mouse; the keyboard has the link in its first cell.
    <tr
      aria-rowindex={index + 2}
      onClick={() => void navigate(path)}
      className="cursor-pointer transition-colors hover:bg-muted"
    >
      <th scope="row" className={cn(CELL, 'pl-8 text-left font-medium tabular-nums')}>
        <Link
          to={path}
          data-invoice={invoice.id}
          onClick={(event) => event.stopPropagation()}
          className="inline-flex h-8 target items-center underline-offset-4 hover:underline"
        >
          {invoice.number === null ? 'Draft' : `#${invoice.number}`}
        </Link>
      </th>
      <td className={cn(CELL, 'w-2/5 max-w-0 truncate')} title={customerOf(invoice)}>
        {customerOf(invoice)}
      </td>
      <td className={CELL}>
        <StatusBadge badge={badgeOf(invoice)} />
      </td>
      <td className={cn(CELL, 'whitespace-nowrap tabular-nums')}>
        <DueLabel invoice={invoice} />
      </td>
      <td className={cn(CELL, 'text-right')}>
        <Money cents={invoice.totalCents} currency={invoice.currency} />
      </td>
      <td className={cn(CELL, 'pr-8 text-right font-medium')}>
        {invoice.balanceCents > 0 ? (
          <Money cents={invoice.balanceCents} currency={invoice.currency} />
        ) : (
          <span className="text-muted-foreground">
            <span aria-hidden>–</span>
            <span className="sr-only">nothing</span>
          </span>
        )}
      </td>
    </tr>
  );
}
