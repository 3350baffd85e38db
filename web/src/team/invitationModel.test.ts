import { describe, expect, it } from 'vitest';
import { isExpired } from './invitationModel';

describe('isExpired', () => {
  const expiresAt = '2026-11-24T19:00:00+00:00';

  it('is decided to the moment', () => {
    expect(isExpired({ expiresAt }, new Date('2026-11-24T18:59:59Z'))).toBe(false);
    expect(isExpired({ expiresAt }, new Date('2026-11-24T19:00:00Z'))).toBe(true);
  });
});
