import { describe, expect, it } from 'vitest';
import { ACCOUNT_SID, decodeTwilioSettings } from './twilioModel';

const SUMMARY = {
  configured: true,
  account_sid_last4: '0001',
  auth_token_last4: '4f2a',
  has_next_auth_token: false,
  verified_at: '2026-11-24T19:00:00+00:00',
  encryption_key_id: 'k1',
};

describe('decodeTwilioSettings', () => {
  it('reads what may be shown', () => {
    expect(decodeTwilioSettings(SUMMARY)).toEqual({
      accountSidLast4: '0001',
      authTokenLast4: '4f2a',
      hasNextAuthToken: false,
      verifiedAt: '2026-11-24T19:00:00+00:00',
    });
  });

  it('knows when nothing is connected', () => {
    expect(decodeTwilioSettings(null)).toBeNull();
    expect(decodeTwilioSettings({ configured: false })).toBeNull();
  });
});

describe('ACCOUNT_SID', () => {
  const pattern = new RegExp(`^(?:${ACCOUNT_SID})$`);

  it('tells an account SID from other things of the console', () => {
    expect(pattern.test(`AC${'0'.repeat(31)}1`)).toBe(true);
    expect(pattern.test(`SK${'0'.repeat(32)}`)).toBe(false);
    expect(pattern.test('AC123')).toBe(false);
  });
});
