import type { PostgrestError } from '@supabase/supabase-js';
import { broken, Failure, offline, signedOut } from '@/lib/failure';
import { requestIdOf } from './requestId';

interface Answer {
  data: unknown;
  error: PostgrestError | null;
  status: number;
}

/** The data of an answer of the Data API, or a thrown Failure. */
export async function answerOf(request: PromiseLike<Answer>): Promise<unknown> {
  const { data, error, status } = await request;
  if (error) throw failureOf(error, status);
  return data;
}

/**
 * The database refuses with SQLSTATE `PTxyz`: the message is in the screen's words and the detail is a stable code.
 * postgrest-js answers with status 0 when there was no answer at all.
 */
export function failureOf(error: PostgrestError, status: number): Failure {
  if (status === 0) return error.message.includes('Your session has ended') ? signedOut() : offline();
  if (status === 401) return signedOut();
  const reference = requestIdOf(error);
  if (/^PT4\d\d$/.test(error.code))
    return new Failure('refused', error.message, error.details || error.code, reference);
  if (status === 403)
    return new Failure('refused', 'Your role does not allow that.', 'not_allowed', reference);
  return broken(error.code, reference ?? (error.code || String(status)));
}
