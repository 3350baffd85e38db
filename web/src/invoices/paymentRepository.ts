import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, oneOf } from '@/lib/decode';
import { Constants } from '@/database/types';
import { callAsPerson } from '@/session/signedInService';
import { decodeBelongings, decodePayment, type InvoiceMoney, type RefundStatus } from './paymentModel';

const EMBEDDED =
  'id, refunds(id, payment_id, status, amount_cents, reason, failure_reason, created_at),' +
  ' disputes(id, payment_id, status, amount_cents, reason, created_at),' +
  ' payment_events(id, payment_id, kind, new_status, amount_cents, detail, created_at)';

/** The payments of an invoice, oldest first, with refunds, disputes and the steps of all of them. */
export async function fetchMoney(invoiceId: string): Promise<InvoiceMoney> {
  const client = getClient();
  const [payments, belongings] = await Promise.all([
    answerOf(
      client.from('payment_list').select('*').eq('invoice_id', invoiceId).order('created_at').order('id'),
    ),
    answerOf(client.from('payments').select(EMBEDDED).eq('invoice_id', invoiceId)),
  ]);
  return { payments: asList(payments, decodePayment), ...decodeBelongings(belongings) };
}

export interface RefundRequest {
  /** Made here: asked for twice, money goes back once. */
  id: string;
  paymentId: string;
  amountCents: number;
  reason: string;
}

/** Gives money back. Rejects with a Failure: `refused` (refund_too_large, ...) when Stripe or the database said no. */
export async function refund({ id, paymentId, amountCents, reason }: RefundRequest): Promise<RefundStatus> {
  const answer = await callAsPerson({
    method: 'POST',
    path: `payments/${paymentId}/refunds`,
    body: { id, amount_cents: amountCents, ...(reason === '' ? {} : { reason }) },
  });
  return oneOf(asFields(answer), 'status', Constants.public.Enums.refund_status);
}
