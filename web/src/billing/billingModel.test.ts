import { describe, expect, it } from 'vitest';
import { decodeSubscription, isRunning, trialDaysLeft } from './billingModel';

const ROW = {
  plan_id: null,
  status: 'trialing',
  trial_ends_at: '2026-12-08T10:00:00+00:00',
  current_period_ends_at: null,
  cancels_at_period_end: false,
  stripe_customer_id: null,
};

describe('trialDaysLeft', () => {
  it.each([
    ['2026-11-24T10:00:00Z', 14],
    ['2026-11-24T10:00:01Z', 14],
    ['2026-12-07T09:00:00Z', 2],
    ['2026-12-08T09:59:00Z', 1],
    ['2026-12-08T10:00:00Z', 0],
    ['2027-01-01T00:00:00Z', 0],
  ])('at %s there are %s', (now, days) => {
    expect(trialDaysLeft(decodeSubscription(ROW), new Date(now))).toBe(days);
  });
});

describe('isRunning', () => {
  it('begins with a plan and ends with the subscription', () => {
    expect(isRunning(decodeSubscription(ROW))).toBe(false);
    expect(isRunning(decodeSubscription({ ...ROW, plan_id: 'solo', status: 'past_due' }))).toBe(true);
    expect(isRunning(decodeSubscription({ ...ROW, plan_id: 'solo', status: 'canceled' }))).toBe(false);
  });
});
