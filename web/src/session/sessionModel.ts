import { asFields, flag, text, textOrNull, whole } from '@/lib/decode';

export interface User {
  id: string;
  email: string;
  displayName: string;
}

export interface Session {
  /** Short-lived; held in memory only. The refresh token is in a cookie that no script can read. */
  accessToken: string;
  /** Unix seconds, by the server's clock. */
  expiresAt: number;
  user: User;
  /** The person has set up a second factor and has not given it in this session. */
  needsSecondFactor: boolean;
}

export function decodeSession(value: unknown): Session {
  const fields = asFields(value);
  const user = asFields(fields.user);
  return {
    accessToken: text(fields, 'access_token'),
    expiresAt: whole(fields, 'expires_at'),
    user: {
      id: text(user, 'id'),
      email: text(user, 'email'),
      displayName: textOrNull(user, 'display_name') ?? '',
    },
    needsSecondFactor: flag(fields, 'needs_second_factor'),
  };
}

/**
 * Milliseconds that a token lives, from its own `iat` and `exp`: this computer's clock may be wrong by hours.
 * Falls back to `expires_at` by this clock for a token that cannot be read.
 */
export function lifetimeOf(session: Session, now: number): number {
  try {
    const claims = asFields(JSON.parse(atob(base64Of(session.accessToken.split('.')[1] ?? ''))));
    return (whole(claims, 'exp') - whole(claims, 'iat')) * 1000;
  } catch {
    return session.expiresAt * 1000 - now;
  }
}

function base64Of(base64url: string): string {
  return base64url.replaceAll('-', '+').replaceAll('_', '/');
}

/** A token is renewed when less than this is left: a minute, or a quarter of a very short life. In milliseconds. */
export function renewalMargin(lifetime: number): number {
  return Math.min(60_000, lifetime / 4);
}

/** Where to go after signing in: a path of this site, never another site's address. */
export function safePath(path: string | null): string {
  return path !== null && /^\/(?![/\\])/.test(path) ? path : '/';
}
