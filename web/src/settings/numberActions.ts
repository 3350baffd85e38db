import { Failure, toFailure } from '@/lib/failure';
import { addNumber } from './numberRepository';
import { loadNumbers } from './numberStore';
import { connectNumbers } from './twilioRepository';
import { loadTwilio, useTwilio } from './twilioStore';

const UNIQUE_VIOLATION = '23505';

/** Adds one of the company's numbers and has Twilio send its texts here, when an account is connected. */
export async function addCompanyNumber(id: string, e164: string, label: string | null): Promise<void> {
  try {
    await addNumber(id, e164, label);
  } catch (error) {
    throw toFailure(error).code === UNIQUE_VIOLATION ? alreadyThere() : error;
  }
  await loadNumbers();
  await loadTwilio();
  if (useTwilio.getState().settings) await connectNumbers();
}

function alreadyThere(): Failure {
  return new Failure('refused', 'Your company has this number already.', 'number_exists');
}
