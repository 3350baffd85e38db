import { useEffect } from 'react';
import { Link } from 'react-router';
import { Money } from '@/components/Money';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { loadStripe, useStripe } from '@/settings/payments/stripeStore';
import { isOpenToCustomers, type Invoice } from './invoiceModel';
import type { InvoiceMoney } from './paymentModel';
import { disputeReasonWords } from './paymentWords';

interface InvoiceNoticesProps {
  invoice: Invoice;
  money: InvoiceMoney;
}

/** What somebody should know before anything else. */
export function InvoiceNotices({ invoice, money }: InvoiceNoticesProps) {
  const { areas } = useCompany();
  return (
    <div className="grid gap-3 empty:hidden">
      {money.disputes
        .filter(({ status }) => status === 'open')
        .map((dispute) => (
          <Notice key={dispute.id} tone="error">
            The customer&apos;s bank disputes{' '}
            <Money cents={dispute.amountCents} currency={invoice.currency} />:{' '}
            {disputeReasonWords(dispute.reason)}. Answer it in your Stripe dashboard before the time there
            runs out.
          </Notice>
        ))}
      {invoice.isProcessing && (
        <Notice tone="warning">
          A bank debit is being processed. It is not paid yet: that takes up to 4 business days, and it can
          still fail.
        </Notice>
      )}
      {invoice.state === 'void' && invoice.creditCents > 0 && (
        <Notice tone="warning">
          <Money cents={invoice.creditCents} currency={invoice.currency} /> came in on this invoice although
          it is void. Refund it below.
        </Notice>
      )}
      {invoice.state === 'overpaid' && (
        <Notice tone="warning">
          The customer paid <Money cents={invoice.creditCents} currency={invoice.currency} /> more than this
          invoice. You can refund it below.
        </Notice>
      )}
      {isOpenToCustomers(invoice) && invoice.balanceCents > 0 && areas.includes('settings') && (
        <PaymentsMissing />
      )}
    </div>
  );
}

/** For those who can change it: customers see the invoice, but not the button that pays it. */
function PaymentsMissing() {
  const { status, account } = useStripe();
  useEffect(() => {
    if (useStripe.getState().status === 'unknown') void loadStripe();
  }, []);
  if (status !== 'ready' || account?.chargesEnabled) return null;
  return (
    <Notice
      tone="info"
      action={
        <Button asChild size="small">
          <Link to="/settings/payments">Set up payments</Link>
        </Button>
      }
    >
      <p className="pt-1">Customers can read this invoice, but not pay it online yet.</p>
    </Notice>
  );
}
