import { CircleCheckBig, ReceiptText } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/ui/Button';
import type { Filter } from './filterModel';

const NOTHING: Record<Exclude<Filter, 'all'>, { title: string; words: string }> = {
  drafts: { title: 'No drafts', words: 'Invoices that you began and did not issue wait here.' },
  open: { title: 'Nothing is open', words: 'Invoices that are not paid yet appear here.' },
  overdue: { title: 'Nothing is overdue', words: 'Every invoice is paid or still has time.' },
  paid: { title: 'Nothing is paid yet', words: 'Paid invoices appear here by themselves.' },
};

/** What the list is for, and the button that starts it. */
export function EmptyInvoices({ filter }: { filter: Filter }) {
  const nothing = filter === 'all' ? null : NOTHING[filter];
  if (nothing) {
    return (
      <EmptyState icon={filter === 'overdue' ? CircleCheckBig : ReceiptText} title={nothing.title}>
        {nothing.words}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={ReceiptText}
      title="No invoices yet"
      action={
        <Button asChild>
          <Link to="/invoices/new">New invoice</Link>
        </Button>
      }
    >
      Write an invoice, text its link, and see here when your customer has paid.
    </EmptyState>
  );
}
