import { describe, expect, it } from 'vitest';
import { decodePayment, isRefundable } from './paymentModel';
import { disputeReasonWords, eventBadgeOf, moneyBadgeOf, paymentBadgeOf } from './paymentWords';

const ROW = {
  id: 'p1',
  status: 'succeeded',
  method: 'credit_card',
  amount_cents: 10_000,
  currency: 'USD',
  refunded_cents: 0,
  refundable_cents: 10_000,
  dispute_status: null,
  failure_message: null,
  created_at: '2026-11-24T08:00:00+00:00',
  succeeded_at: '2026-11-24T08:00:05+00:00',
};

const wordOf = (parts: object) => paymentBadgeOf(decodePayment({ ...ROW, ...parts })).word;

describe('paymentBadgeOf', () => {
  it.each([
    [{}, 'Paid'],
    [{ status: 'processing' }, 'Processing, not paid yet'],
    [{ status: 'pending' }, 'Started, not paid'],
    [{ status: 'canceled' }, 'Not completed'],
    [{ refunded_cents: 3_000 }, 'Partly refunded'],
    [{ refunded_cents: 10_000 }, 'Refunded'],
    [{ dispute_status: 'open' }, 'Disputed'],
    [{ dispute_status: 'lost' }, 'Dispute lost'],
    [{ dispute_status: 'won' }, 'Paid'],
  ])('calls %j %s', (parts, word) => {
    expect(wordOf(parts)).toBe(word);
  });
});

describe('isRefundable', () => {
  it('needs something left, and no dispute that is open', () => {
    expect(isRefundable(decodePayment(ROW))).toBe(true);
    expect(isRefundable(decodePayment({ ...ROW, refundable_cents: 0 }))).toBe(false);
    expect(isRefundable(decodePayment({ ...ROW, dispute_status: 'open' }))).toBe(false);
    expect(isRefundable(decodePayment({ ...ROW, dispute_status: 'won' }))).toBe(true);
  });
});

describe('the words of a step', () => {
  it('tells a payment from a refund of the same status', () => {
    expect(eventBadgeOf({ kind: 'status', newStatus: 'succeeded' }).word).toBe('Paid');
    expect(eventBadgeOf({ kind: 'refund', newStatus: 'succeeded' }).word).toBe('Refunded');
    expect(eventBadgeOf({ kind: 'declined', newStatus: null }).word).toBe('Declined');
  });

  it('shows what it does not know as it came', () => {
    expect(moneyBadgeOf('payment', 'teleported').word).toBe('teleported');
    expect(disputeReasonWords('bank_cannot_process')).toBe('bank cannot process');
    expect(disputeReasonWords(null)).toBe('no reason was given');
  });
});
