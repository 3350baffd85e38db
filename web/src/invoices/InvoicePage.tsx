import { useParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { StatusBadge } from '@/components/StatusBadge';
import { useDelayed } from '@/lib/useDelayed';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { badgesOf } from './invoiceBadge';
import { InvoiceActions } from './InvoiceActions';
import { InvoiceFacts } from './InvoiceFacts';
import { InvoiceItems } from './InvoiceItems';
import { titleOf } from './invoiceModel';
import { InvoiceNotices } from './InvoiceNotices';
import { NoSuchInvoice } from './NoSuchInvoice';
import { PaymentHistory } from './PaymentHistory';
import { PaymentList } from './PaymentList';
import { useInvoice, type InvoiceDetails } from './useInvoice';

export function InvoicePage() {
  const { areas } = useCompany();
  const { invoice } = useParams();
  if (!areas.includes('money')) return <NotAllowed place="Invoices" />;
  return <Loaded key={invoice} invoiceId={invoice ?? ''} />;
}

const BACK = { to: '/invoices', label: 'Back to the invoices' };

function Loaded({ invoiceId }: { invoiceId: string }) {
  const { details, failure, load } = useInvoice(invoiceId);
  const slow = useDelayed(details === undefined && failure === null);
  usePageTitle(details ? titleOf(details.invoice) : 'Invoice');
  if (details === null) return <NoSuchInvoice />;
  if (details) return <Details details={details} reload={load} />;
  return (
    <>
      <PageHeader title="Invoice" back={BACK} />
      {failure ? <ErrorState failure={failure} onRetry={() => void load()} /> : slow && <PageSkeleton />}
    </>
  );
}

interface DetailsProps {
  details: InvoiceDetails;
  reload: () => Promise<void>;
}

function Details({ details, reload }: DetailsProps) {
  const { invoice, items, money } = details;
  return (
    <>
      <PageHeader
        title={titleOf(invoice)}
        back={BACK}
        badge={
          <span className="flex flex-wrap gap-1.5">
            {badgesOf(invoice).map((badge) => (
              <StatusBadge key={badge.word} badge={badge} />
            ))}
          </span>
        }
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto grid w-full max-w-4xl gap-5 px-4 py-5 pb-16 md:px-8 md:py-8">
          <InvoiceNotices invoice={invoice} money={money} />
          <InvoiceFacts invoice={invoice} />
          <InvoiceActions invoice={invoice} reload={reload} />
          <InvoiceItems invoice={invoice} items={items} />
          {invoice.state !== 'draft' && <PaymentList invoice={invoice} money={money} reload={reload} />}
          {money.events.length > 0 && <PaymentHistory money={money} />}
        </div>
      </div>
    </>
  );
}

function PageSkeleton() {
  return (
    <div role="status" className="mx-auto grid w-full max-w-4xl gap-5 p-4 md:p-8">
      <span className="sr-only">Loading the invoice</span>
      <Skeleton className="h-28" />
      <Skeleton className="h-10 w-64" />
      <Skeleton className="h-36" />
    </div>
  );
}
