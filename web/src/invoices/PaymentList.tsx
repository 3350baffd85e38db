import { useState } from 'react';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { isOpenToCustomers, type Invoice } from './invoiceModel';
import { isRefundable, type Dispute, type InvoiceMoney, type Payment, type Refund } from './paymentModel';
import { DISPUTE_BADGES, METHOD_WORDS, paymentBadgeOf, REFUND_BADGES } from './paymentWords';
import { RefundDialog } from './RefundDialog';

interface PaymentListProps {
  invoice: Invoice;
  money: InvoiceMoney;
  reload: () => Promise<void>;
}

/** Each attempt to pay, and what was given or taken back of it. */
export function PaymentList({ invoice, money, reload }: PaymentListProps) {
  const [refunding, setRefunding] = useState<Payment | null>(null);
  return (
    <section aria-labelledby="payments" className="rounded-lg border bg-card">
      <h2 id="payments" className="px-5 pt-4 pb-2 text-base font-semibold">
        Payments
      </h2>
      {money.payments.length === 0 ? (
        <p className="px-5 pb-4 text-sm text-muted-foreground">
          {isOpenToCustomers(invoice)
            ? 'None yet. Send the invoice: when your customer pays, it shows here by itself.'
            : 'There were none.'}
        </p>
      ) : (
        <ul role="list" className="divide-y">
          {money.payments.map((payment) => (
            <PaymentLine
              key={payment.id}
              payment={payment}
              refunds={money.refunds.filter(({ paymentId }) => paymentId === payment.id)}
              disputes={money.disputes.filter(({ paymentId }) => paymentId === payment.id)}
              onRefund={() => setRefunding(payment)}
            />
          ))}
        </ul>
      )}
      {refunding && <RefundDialog payment={refunding} onClose={() => setRefunding(null)} reload={reload} />}
    </section>
  );
}

interface PaymentLineProps {
  payment: Payment;
  refunds: Refund[];
  disputes: Dispute[];
  onRefund: () => void;
}

function PaymentLine({ payment, refunds, disputes, onRefund }: PaymentLineProps) {
  const { role } = useCompany();
  const mayRefund = may(role, 'payments.refund') && isRefundable(payment);
  return (
    <li className="grid gap-2 px-5 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Money cents={payment.amountCents} currency={payment.currency} className="font-semibold" />
        <StatusBadge badge={paymentBadgeOf(payment)} />
        <span className="text-muted-foreground">
          {payment.method && `${METHOD_WORDS[payment.method]} · `}
          <WhenLabel at={payment.succeededAt ?? payment.createdAt} />
        </span>
        {mayRefund && (
          <Button size="small" variant="outline" className="ml-auto" onClick={onRefund}>
            Refund
          </Button>
        )}
      </div>
      {payment.failureMessage && payment.status !== 'succeeded' && (
        <p className="break-words text-muted-foreground">{payment.failureMessage}</p>
      )}
      {(refunds.length > 0 || disputes.length > 0) && (
        <ul role="list" className="grid gap-2 border-l-2 pl-4">
          {refunds.map((refund) => (
            <BackLine
              key={refund.id}
              badge={REFUND_BADGES[refund.status]}
              cents={refund.amountCents}
              currency={payment.currency}
              at={refund.createdAt}
              words={refund.status === 'failed' ? refund.failureReason : refund.reason}
            />
          ))}
          {disputes.map((dispute) => (
            <BackLine
              key={dispute.id}
              badge={DISPUTE_BADGES[dispute.status]}
              cents={dispute.amountCents}
              currency={payment.currency}
              at={dispute.createdAt}
              words={null}
            />
          ))}
        </ul>
      )}
    </li>
  );
}

interface BackLineProps {
  badge: (typeof REFUND_BADGES)[Refund['status']];
  cents: number;
  currency: string;
  at: string;
  words: string | null;
}

function BackLine({ badge, cents, currency, at, words }: BackLineProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <Money cents={cents} currency={currency} />
      <StatusBadge badge={badge} />
      <WhenLabel at={at} className="text-muted-foreground" />
      {words && <span className="w-full [overflow-wrap:anywhere] text-muted-foreground">{words}</span>}
    </li>
  );
}
