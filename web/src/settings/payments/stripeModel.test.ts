import { describe, expect, it } from 'vitest';
import { decodeStripeAccount, healthOf, type Health } from './stripeModel';

const ANSWER = {
  connected: true,
  charges_enabled: false,
  payouts_enabled: false,
  details_submitted: false,
  currently_due: ['external_account'],
  disabled_reason: 'requirements.past_due',
  stripe_account_id_last4: 'p4H3',
};

describe('decodeStripeAccount', () => {
  it('is none before the first connection', () => {
    expect(decodeStripeAccount({ ...ANSWER, connected: false })).toBeNull();
    expect(decodeStripeAccount(null)).toBeNull();
  });
});

describe('healthOf', () => {
  it.each([
    [{}, 'incomplete'],
    [{ details_submitted: true }, 'incomplete'],
    [{ details_submitted: true, currently_due: [] }, 'checking'],
    [{ charges_enabled: true }, 'no_payouts'],
    [{ charges_enabled: true, payouts_enabled: true }, 'ready'],
  ] as [object, Health][])('of %j is %s', (parts, health) => {
    const account = decodeStripeAccount({ ...ANSWER, ...parts });
    expect(account && healthOf(account)).toBe(health);
  });
});
