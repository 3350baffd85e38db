import { Failure, toFailure } from '@/lib/failure';

const UNIQUE_VIOLATION = '23505';

/** Does the work; a name that exists already is refused in these words. */
export async function unlessTaken(work: Promise<unknown>, words: string): Promise<void> {
  try {
    await work;
  } catch (error) {
    throw toFailure(error).code === UNIQUE_VIOLATION ? new Failure('refused', words, 'name_taken') : error;
  }
}
