import { DecodeError } from './decode';

/**
 * - offline: the request did not get an answer; the same request may be tried again.
 * - refused: the database or the service said no, in words for the screen.
 * - signed-out: the session is over.
 * - broken: something of ours failed.
 */
export type FailureKind = 'offline' | 'refused' | 'signed-out' | 'broken';

export class Failure extends Error {
  override name = 'Failure';

  constructor(
    readonly kind: FailureKind,
    /** Words for the screen. */
    message: string,
    /** Stable code, such as `opted_out`. */
    readonly code: string,
    /** What a person can tell support: the request id, or the database's error code. */
    readonly reference: string | null = null,
  ) {
    super(message);
  }
}

export function offline(): Failure {
  return new Failure('offline', "We can't reach FieldLite. Check your connection.", 'offline');
}

export function signedOut(): Failure {
  return new Failure('signed-out', 'Your session has ended. Sign in again.', 'no_session');
}

export function broken(code: string, reference: string | null): Failure {
  return new Failure('broken', 'Something went wrong on our side. Try again in a moment.', code, reference);
}

/** Whatever was thrown, as a Failure. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  if (thrown instanceof DecodeError) return broken('unexpected_answer', thrown.message);
  return broken('unexpected', thrown instanceof Error ? thrown.message : null);
}
