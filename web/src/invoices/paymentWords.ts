import {
  Ban,
  CircleAlert,
  CircleCheckBig,
  CircleDashed,
  Hourglass,
  ShieldAlert,
  ShieldCheck,
  ShieldX,
  Undo2,
} from 'lucide-react';
import type { Badge } from '@/components/StatusBadge';
import type {
  DisputeStatus,
  Payment,
  PaymentEvent,
  PaymentMethod,
  PaymentStatus,
  RefundStatus,
} from './paymentModel';

export const METHOD_WORDS: Record<PaymentMethod, string> = {
  cash: 'Cash',
  check: 'Check',
  credit_card: 'Card',
  debit_card: 'Debit card',
  ach: 'Bank debit',
  wire: 'Wire',
  other: 'Other',
};

const STATUS_BADGES: Record<PaymentStatus, Badge> = {
  pending: { icon: CircleDashed, word: 'Started, not paid', tone: 'quiet' },
  processing: { icon: Hourglass, word: 'Processing, not paid yet', tone: 'unsure' },
  failed: { icon: CircleAlert, word: 'Failed', tone: 'bad' },
  canceled: { icon: Ban, word: 'Not completed', tone: 'quiet' },
  succeeded: { icon: CircleCheckBig, word: 'Paid', tone: 'good' },
};

export const REFUND_BADGES: Record<RefundStatus, Badge> = {
  pending: { icon: Hourglass, word: 'Refund on its way', tone: 'unsure' },
  succeeded: { icon: Undo2, word: 'Refunded', tone: 'quiet' },
  canceled: { icon: Ban, word: 'Refund canceled', tone: 'quiet' },
  failed: { icon: CircleAlert, word: 'Refund failed', tone: 'bad' },
};

export const DISPUTE_BADGES: Record<DisputeStatus, Badge> = {
  open: { icon: ShieldAlert, word: 'Disputed', tone: 'bad' },
  won: { icon: ShieldCheck, word: 'Dispute won', tone: 'good' },
  lost: { icon: ShieldX, word: 'Dispute lost', tone: 'bad' },
};

/** A payment's state with what became of it since: a refund or a dispute says more than "Paid". */
export function paymentBadgeOf(payment: Payment): Badge {
  if (payment.disputeStatus === 'open' || payment.disputeStatus === 'lost') {
    return DISPUTE_BADGES[payment.disputeStatus];
  }
  if (payment.status !== 'succeeded' || payment.refundedCents === 0) return STATUS_BADGES[payment.status];
  return payment.refundedCents >= payment.amountCents
    ? REFUND_BADGES.succeeded
    : { ...REFUND_BADGES.succeeded, word: 'Partly refunded' };
}

const DECLINED: Badge = { icon: CircleAlert, word: 'Declined', tone: 'bad' };

const BADGES: Readonly<Record<string, Readonly<Record<string, Badge>>>> = {
  payment: STATUS_BADGES,
  refund: REFUND_BADGES,
  dispute: DISPUTE_BADGES,
};

/** The state of a payment, a refund or a dispute. One that this build does not know is shown as it came. */
export function moneyBadgeOf(kind: 'payment' | 'refund' | 'dispute', status: string): Badge {
  return BADGES[kind]?.[status] ?? { icon: CircleDashed, word: status, tone: 'quiet' };
}

/** A step of the history. */
export function eventBadgeOf({ kind, newStatus }: Pick<PaymentEvent, 'kind' | 'newStatus'>): Badge {
  if (kind === 'declined') return DECLINED;
  return moneyBadgeOf(kind === 'status' ? 'payment' : kind, newStatus ?? kind);
}

/** Stripe's dispute reasons (https://docs.stripe.com/disputes/categories) as people say them. */
const DISPUTE_REASONS: Readonly<Record<string, string>> = {
  fraudulent: 'they say that they did not make this payment',
  duplicate: 'they say that they were charged twice',
  product_not_received: 'they say that they did not get what they paid for',
  product_unacceptable: 'they say that the work was not as agreed',
  credit_not_processed: 'they say that a refund did not arrive',
  subscription_canceled: 'they say that they had canceled',
  unrecognized: 'they do not recognize the payment',
  general: 'no reason was given',
};

export function disputeReasonWords(reason: string | null): string {
  return DISPUTE_REASONS[reason ?? 'general'] ?? (reason ?? '').replaceAll('_', ' ');
}
