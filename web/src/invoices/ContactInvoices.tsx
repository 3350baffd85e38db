import { Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useCompany } from '@/session/companyStore';
import { badgeOf } from './invoiceBadge';
import type { Invoice } from './invoiceModel';
import { fetchInvoicesOf } from './invoiceRepository';

const MOST = 5;

/** The contact's newest invoices, in their card beside the thread; nothing for those who see no money. */
export function ContactInvoices({ contactId }: { contactId: string | null }) {
  const { areas } = useCompany();
  if (contactId === null || !areas.includes('money')) return null;
  return <Invoices key={contactId} contactId={contactId} />;
}

function Invoices({ contactId }: { contactId: string }) {
  const [invoices, setInvoices] = useState<Invoice[]>([]);
  const load = useCallback(async () => {
    try {
      setInvoices(await fetchInvoicesOf(contactId, MOST));
    } catch (error) {
      // The card is useful without them, and the next look tries again.
      console.warn("could not load the contact's invoices", error);
    }
  }, [contactId]);
  useLiveQuery(load, 'invoice_list');
  return (
    <section aria-label="Invoices" className="grid gap-2">
      <h3 className="text-xs font-medium text-muted-foreground">Invoices</h3>
      <ul role="list" className="-mx-2 grid empty:hidden">
        {invoices.map((invoice) => (
          <li key={invoice.id}>
            <Link
              to={`/invoices/${invoice.id}`}
              className="flex target items-center gap-2 rounded-md px-2 py-1.5 text-sm hover:bg-muted"
            >
              <span className="tabular-nums">{invoice.number === null ? 'New' : `#${invoice.number}`}</span>
              <StatusBadge badge={badgeOf(invoice)} />
              <Money
                cents={invoice.balanceCents > 0 ? invoice.balanceCents : invoice.totalCents}
                currency={invoice.currency}
                className="ml-auto font-medium"
              />
            </Link>
          </li>
        ))}
      </ul>
      <Button asChild variant="outline" className="justify-self-start">
        <Link to={`/invoices/new?contact=${contactId}`}>
          <Plus aria-hidden />
          New invoice
        </Link>
      </Button>
    </section>
  );
}
