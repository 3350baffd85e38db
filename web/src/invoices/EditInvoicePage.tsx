import { useCallback, useEffect, useState } from 'react';
import { Navigate, useParams, useSearchParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { toFailure, type Failure } from '@/lib/failure';
import { moneyText } from '@/lib/money';
import { useDelayed } from '@/lib/useDelayed';
import { usePageTitle } from '@/lib/usePageTitle';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { fetchContactChoice, type ContactChoice } from './contactSearch';
import { EMPTY_FORM, type DraftForm } from './draftModel';
import { InvoiceEditor } from './InvoiceEditor';
import type { Invoice } from './invoiceModel';
import { fetchInvoice } from './invoiceRepository';
import { fetchItems, type DraftIds, type InvoiceItem } from './itemRepository';
import { NoSuchInvoice } from './NoSuchInvoice';

/** What the form begins with. `missing`: no such invoice; `issued`: it cannot be edited any more. */
type Start =
  | { kind: 'ready'; ids: DraftIds; form: DraftForm; contact: ContactChoice | null; currency: string }
  | { kind: 'missing' }
  | { kind: 'issued' };

/** `/invoices/new` and `/invoices/<id>/edit`. */
export function EditInvoicePage() {
  const { areas } = useCompany();
  const { invoice } = useParams();
  usePageTitle(invoice === undefined ? 'New invoice' : 'Edit invoice');
  if (!areas.includes('money')) return <NotAllowed place="Invoices" />;
  return <Editing key={invoice ?? 'new'} invoiceId={invoice} />;
}

function Editing({ invoiceId }: { invoiceId: string | undefined }) {
  const { start, failure, retry } = useStart(invoiceId);
  const slow = useDelayed(start === null && failure === null);
  const backTo = invoiceId === undefined ? '/invoices' : `/invoices/${invoiceId}`;
  if (start?.kind === 'missing') return <NoSuchInvoice />;
  if (start?.kind === 'issued') return <Navigate to={backTo} replace />;
  return (
    <>
      <PageHeader
        title={invoiceId === undefined ? 'New invoice' : 'Edit draft'}
        back={{ to: backTo, label: invoiceId === undefined ? 'Back to the invoices' : 'Back to the invoice' }}
      />
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto w-full max-w-xl px-4 py-6 pb-16 md:px-8">
          {failure && <ErrorState failure={failure} onRetry={retry} />}
          {slow && <Skeleton className="h-96" />}
          {start && (
            <InvoiceEditor
              ids={start.ids}
              start={start.form}
              contact={start.contact}
              currency={start.currency}
              cancelTo={backTo}
            />
          )}
        </div>
      </div>
    </>
  );
}

function useStart(invoiceId: string | undefined) {
  const [search] = useSearchParams();
  const { currency } = useCompany();
  const contactId = search.get('contact');
  const [start, setStart] = useState<Start | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(() => {
    const loading = invoiceId === undefined ? startNew(contactId, currency) : startEdit(invoiceId);
    loading.then(setStart, (error: unknown) => setFailure(toFailure(error)));
  }, [invoiceId, contactId, currency]);
  useEffect(load, [load]);
  const retry = () => {
    setFailure(null);
    load();
  };
  return { start, failure, retry };
}

async function startNew(contactId: string | null, currency: string): Promise<Start> {
  const contact = contactId === null ? null : await fetchContactChoice(contactId);
  const form = { ...EMPTY_FORM, contactId: contact?.id ?? null };
  return { kind: 'ready', ids: { invoice: newId(), item: newId() }, form, contact, currency };
}

async function startEdit(invoiceId: string): Promise<Start> {
  const [invoice, items] = await Promise.all([fetchInvoice(invoiceId), fetchItems(invoiceId)]);
  if (!invoice) return { kind: 'missing' };
  if (invoice.state !== 'draft') return { kind: 'issued' };
  return {
    kind: 'ready',
    // A draft whose line was lost on its way gets one now.
    ids: { invoice: invoice.id, item: items[0]?.id ?? newId() },
    form: formOf(invoice, items[0]),
    contact: await fetchContactChoice(invoice.contactId),
    currency: invoice.currency,
  };
}

function formOf(invoice: Invoice, item: InvoiceItem | undefined): DraftForm {
  return {
    contactId: invoice.contactId,
    description: item?.description ?? '',
    amount: item ? moneyText(item.amountCents, invoice.currency) : '',
    dueOn: invoice.dueOn ?? '',
    memo: invoice.memo ?? '',
    allowsPartialPayment: invoice.allowsPartialPayment,
  };
}
