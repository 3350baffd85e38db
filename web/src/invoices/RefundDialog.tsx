import { useState, type SyntheticEvent } from 'react';
import { ProviderNotice } from '@/components/ProviderNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { formatMoney, moneyText, parseMoney } from '@/lib/money';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { usePlace } from '@/session/companyStore';
import type { Payment } from './paymentModel';
import { refund } from './paymentRepository';

interface RefundDialogProps {
  payment: Payment;
  onClose: () => void;
  reload: () => Promise<void>;
}

/** Gives money back. One dialog is one refund: trying again after a lost answer gives nothing back twice. */
export function RefundDialog({ payment, onClose, reload }: RefundDialogProps) {
  const { locale } = usePlace();
  const { currency, refundableCents } = payment;
  const action = useAction();
  const [id] = useState(newId);
  const [amount, setAmount] = useState(moneyText(refundableCents, currency));
  const [reason, setReason] = useState('');
  const [checked, setChecked] = useState(false);
  const cents = parseMoney(amount, currency);
  const most = formatMoney(refundableCents, currency, locale);
  const problem = problemOf(cents, refundableCents, most);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (cents === null || problem) return;
    const done = await action.run(async () => {
      await refund({ id, paymentId: payment.id, amountCents: cents, reason: reason.trim() });
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Refund a payment of ${formatMoney(payment.amountCents, currency, locale)}`}
      description="It goes back the way it came, in 5 to 10 business days. Stripe keeps its fee. This cannot be undone."
    >
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label={`Amount (${currency})`}
          value={amount}
          inputMode="decimal"
          autoComplete="off"
          className="text-right tabular-nums"
          hint={`Up to ${most}.`}
          problem={checked ? problem : null}
          onChange={(event) => setAmount(event.target.value)}
        />
        <TextField
          label="Reason"
          value={reason}
          maxLength={500}
          placeholder="Charged for two hours too many"
          hint="For your team. Your customer does not see it."
          onChange={(event) => setReason(event.target.value)}
        />
        <ProviderNotice failure={action.failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={onClose}>
            Keep it
          </Button>
          <Button type="submit" variant="destructive" busy={action.busy}>
            Refund {cents !== null && !problem && formatMoney(cents, currency, locale)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function problemOf(cents: number | null, refundableCents: number, most: string): string | null {
  if (cents === null) return 'That is not an amount. Write it like 1,234.50.';
  if (cents === 0) return 'Write how much to give back.';
  return cents > refundableCents ? `That is more than the ${most} that can be refunded.` : null;
}
