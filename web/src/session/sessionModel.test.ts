import { describe, expect, it } from 'vitest';
import { lifetimeOf, renewalMargin, safePath, type Session } from './sessionModel';

function sessionWith(claims: object | null, expiresAt = 0): Session {
  const body = claims ? btoa(JSON.stringify(claims)).replaceAll('+', '-').replaceAll('/', '_') : '???';
  return {
    accessToken: `header.${body}.signature`,
    expiresAt,
    user: { id: 'u', email: 'ana@ridgeline.example', displayName: 'Ana' },
    needsSecondFactor: false,
  };
}

describe('lifetimeOf', () => {
  it('believes the token, whatever this clock says', () => {
    expect(lifetimeOf(sessionWith({ iat: 1000, exp: 4600 }, 1), 99_999_999)).toBe(3_600_000);
  });

  it('falls back to expires_at for a token that cannot be read', () => {
    expect(lifetimeOf(sessionWith(null, 100), 40_000)).toBe(60_000);
  });
});

describe('renewalMargin', () => {
  it('is a minute for an hour, and a quarter of a short life', () => {
    expect(renewalMargin(3_600_000)).toBe(60_000);
    expect(renewalMargin(60_000)).toBe(15_000);
  });
});

describe('safePath', () => {
  it.each(['/inbox', '/inbox/1?x=2'])('goes back to %s', (path) => {
    expect(safePath(path)).toBe(path);
  });

  it.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)'])(
    'does not follow %s',
    (path) => {
      expect(safePath(path)).toBe('/');
    },
  );
});
