import { Plus } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { KeyDialog } from '@/components/KeyDialog';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { onChange } from '@/database/changes';
import { useRefresher } from '@/database/freshness';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { useDelayed } from '@/lib/useDelayed';
import { useKeys } from '@/lib/useKeys';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { DeletionBar } from './DeletionBar';
import { EmptyInvoices } from './EmptyInvoices';
import { FilterChips } from './FilterChips';
import { readFilter, type Filter } from './filterModel';
import { InvoiceRows } from './InvoiceRows';
import { hearInvoice, openInvoices, refreshInvoices, useInvoices } from './invoiceStore';
import { usePendingDeletion } from './deletionStore';

export function InvoicesPage() {
  const { areas } = useCompany();
  usePageTitle('Invoices', useUnreadTotal());
  return areas.includes('money') ? <Invoices /> : <NotAllowed place="Invoices" />;
}

const KEYS = [
  ['n', 'New invoice'],
  ['j', 'Next invoice'],
  ['k', 'Previous invoice'],
  ['Enter', 'Open the invoice'],
  ['?', 'Show these keys'],
] as const;

function Invoices() {
  const [search] = useSearchParams();
  const filter = readFilter(search.get('show'));
  const [showsKeys, setShowsKeys] = useState(false);
  useLiveInvoices(filter);
  usePageKeys(() => setShowsKeys(true));
  return (
    <>
      <PageHeader
        title="Invoices"
        action={
          <Button asChild>
            <Link to="/invoices/new">
              <Plus aria-hidden />
              New invoice
            </Link>
          </Button>
        }
      />
      <FilterChips filter={filter} />
      <List filter={filter} />
      <DeletionBar />
      <KeyDialog
        open={showsKeys}
        onClose={() => setShowsKeys(false)}
        title="Keys of the invoices"
        keys={KEYS}
      />
    </>
  );
}

function List({ filter }: { filter: Filter }) {
  const { window: loaded, status, failure } = useInvoices();
  const slow = useDelayed(status === 'loading');
  const deleting = usePendingDeletion();
  const rows = useMemo(() => loaded.rows.filter((row) => row.id !== deleting), [loaded.rows, deleting]);
  return (
    <section
      aria-label="Invoices"
      aria-busy={status === 'loading'}
      className="flex min-h-0 flex-1 flex-col bg-card"
    >
      {status === 'loading' && slow && <ListSkeleton />}
      {status === 'failed' && failure && (
        <ErrorState failure={failure} onRetry={() => void refreshInvoices()} />
      )}
      {status === 'ready' && rows.length === 0 && <EmptyInvoices filter={filter} />}
      {rows.length > 0 && <InvoiceRows key={filter} rows={rows} />}
    </section>
  );
}

function useLiveInvoices(filter: Filter): void {
  useRefresher(refreshInvoices);
  useEffect(() => {
    void openInvoices(filter);
    return onChange('invoice_list', hearInvoice);
  }, [filter]);
}

function usePageKeys(showKeys: () => void): void {
  const navigate = useNavigate();
  const handlers = useMemo(
    () => ({ n: () => void navigate('/invoices/new'), '?': showKeys }),
    // The opener of the dialog only sets state: any of its instances will do.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [navigate],
  );
  useKeys(handlers);
}

function ListSkeleton() {
  return (
    <div role="status" className="grid gap-5 p-5">
      <span className="sr-only">Loading invoices</span>
      {['w-44', 'w-32', 'w-40', 'w-36'].map((width) => (
        <div key={width} className="flex items-center justify-between gap-6">
          <Skeleton className={`h-4 ${width}`} />
          <Skeleton className="h-4 w-20" />
        </div>
      ))}
    </div>
  );
}
