import { Link } from 'react-router';
import { cn } from '@/lib/cn';
import { FILTERS, FILTER_WORDS, type Filter } from './filterModel';
import { useInvoices } from './invoiceStore';

/** Which invoices are listed. The choice is in the address: it can be shared, and going back restores it. */
export function FilterChips({ filter }: { filter: Filter }) {
  const overdue = useInvoices((state) => state.overdue) ?? 0;
  return (
    <nav
      aria-label="Which invoices"
      className="flex shrink-0 gap-1.5 overflow-x-auto border-b bg-card px-4 py-2.5 md:px-8"
    >
      {FILTERS.map((choice) => (
        <Link
          key={choice}
          to={choice === 'all' ? '/invoices' : `/invoices?show=${choice}`}
          aria-current={choice === filter ? 'page' : undefined}
          className={cn(
            'flex h-8 target shrink-0 items-center gap-1.5 rounded-full border px-3 text-sm font-medium transition-colors',
            choice === filter
              ? 'border-primary bg-accent text-accent-foreground'
              : 'text-muted-foreground hover:bg-muted hover:text-foreground',
          )}
        >
          {FILTER_WORDS[choice]}
          {choice === 'overdue' && overdue > 0 && (
            <span className="min-w-5 rounded-full bg-destructive px-1.5 text-center text-xs leading-5 font-semibold text-destructive-foreground tabular-nums">
              {overdue}
            </span>
          )}
        </Link>
      ))}
    </nav>
  );
}
