import { Link } from 'react-router';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { moneyBadgeOf } from '@/invoices/paymentWords';
import { clockTime, fullWhen } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import type { MoneyEntry } from './threadModel';

/** A payment, a refund or a dispute between the texts, with the way to its invoice. */
export function MoneyLine({ entry }: { entry: MoneyEntry }) {
  const place = usePlace();
  return (
    <div className="flex justify-center py-3 text-sm">
      <Link
        to={`/invoices/${entry.invoiceId}`}
        className="flex target max-w-full flex-wrap items-center justify-center gap-x-2.5 gap-y-1 rounded-lg border bg-card px-3 py-1.5 transition-colors hover:bg-muted"
      >
        <StatusBadge badge={moneyBadgeOf(entry.kind, entry.moneyStatus)} />
        <Money cents={entry.amountCents} currency={entry.currency} className="font-semibold" />
        <span>Invoice {entry.invoiceNumber}</span>
        <time
          dateTime={entry.at}
          title={fullWhen(entry.at, place)}
          className="text-xs text-muted-foreground tabular-nums"
        >
          {clockTime(entry.at, place)}
        </time>
      </Link>
    </div>
  );
}
