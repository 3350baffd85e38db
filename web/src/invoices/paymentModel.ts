import { Constants } from '@/database/types';
import { asFields, asList, oneOf, oneOfOrNull, text, textOrNull, whole, wholeOrNull } from '@/lib/decode';

const { payment_status, payment_method, refund_status, dispute_status, payment_event_kind } =
  Constants.public.Enums;

export type PaymentStatus = (typeof payment_status)[number];
export type PaymentMethod = (typeof payment_method)[number];
export type RefundStatus = (typeof refund_status)[number];
export type DisputeStatus = (typeof dispute_status)[number];

/** One attempt to pay. Amounts are minor units. */
export interface Payment {
  id: string;
  status: PaymentStatus;
  method: PaymentMethod | null;
  amountCents: number;
  currency: string;
  refundedCents: number;
  /** What may still be given back. */
  refundableCents: number;
  disputeStatus: DisputeStatus | null;
  failureMessage: string | null;
  createdAt: string;
  succeededAt: string | null;
}

export function decodePayment(value: unknown): Payment {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    status: oneOf(row, 'status', payment_status),
    method: oneOfOrNull(row, 'method', payment_method),
    amountCents: whole(row, 'amount_cents'),
    currency: text(row, 'currency'),
    refundedCents: whole(row, 'refunded_cents'),
    refundableCents: whole(row, 'refundable_cents'),
    disputeStatus: oneOfOrNull(row, 'dispute_status', dispute_status),
    failureMessage: textOrNull(row, 'failure_message'),
    createdAt: text(row, 'created_at'),
    succeededAt: textOrNull(row, 'succeeded_at'),
  };
}

/** Stripe gives nothing back of a payment while it is disputed (https://docs.stripe.com/disputes/responding). */
export function isRefundable({ refundableCents, disputeStatus }: Payment): boolean {
  return refundableCents > 0 && disputeStatus !== 'open';
}

export interface Refund {
  id: string;
  paymentId: string;
  status: RefundStatus;
  amountCents: number;
  reason: string | null;
  failureReason: string | null;
  createdAt: string;
}

export function decodeRefund(value: unknown): Refund {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    paymentId: text(row, 'payment_id'),
    status: oneOf(row, 'status', refund_status),
    amountCents: whole(row, 'amount_cents'),
    reason: textOrNull(row, 'reason'),
    failureReason: textOrNull(row, 'failure_reason'),
    createdAt: text(row, 'created_at'),
  };
}

export interface Dispute {
  id: string;
  paymentId: string;
  status: DisputeStatus;
  amountCents: number;
  reason: string | null;
  createdAt: string;
}

export function decodeDispute(value: unknown): Dispute {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    paymentId: text(row, 'payment_id'),
    status: oneOf(row, 'status', dispute_status),
    amountCents: whole(row, 'amount_cents'),
    reason: textOrNull(row, 'reason'),
    createdAt: text(row, 'created_at'),
  };
}

/** A step of a payment, a refund or a dispute, as it happened. */
export interface PaymentEvent {
  id: string;
  paymentId: string;
  kind: (typeof payment_event_kind)[number];
  newStatus: string | null;
  amountCents: number | null;
  detail: string | null;
  createdAt: string;
}

export function decodePaymentEvent(value: unknown): PaymentEvent {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    paymentId: text(row, 'payment_id'),
    kind: oneOf(row, 'kind', payment_event_kind),
    newStatus: textOrNull(row, 'new_status'),
    amountCents: wholeOrNull(row, 'amount_cents'),
    detail: textOrNull(row, 'detail'),
    createdAt: text(row, 'created_at'),
  };
}

/** All that happened to an invoice's money. */
export interface InvoiceMoney {
  payments: Payment[];
  refunds: Refund[];
  disputes: Dispute[];
  /** Newest first. */
  events: PaymentEvent[];
}

/** Payments embedded with what belongs to them. */
export function decodeBelongings(value: unknown): Omit<InvoiceMoney, 'payments'> {
  const rows = asList(value, asFields);
  const all = <T>(name: string, decode: (item: unknown) => T) =>
    rows.flatMap((row) => asList(row[name], decode));
  return {
    refunds: all('refunds', decodeRefund),
    disputes: all('disputes', decodeDispute),
    events: all('payment_events', decodePaymentEvent).sort(newestFirst),
  };
}

function newestFirst(one: PaymentEvent, other: PaymentEvent): number {
  if (one.createdAt === other.createdAt) return other.id < one.id ? -1 : 1;
  return other.createdAt < one.createdAt ? -1 : 1;
}
