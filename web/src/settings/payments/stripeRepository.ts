import { asFields, text } from '@/lib/decode';
import { callAsPerson } from '@/session/signedInService';
import { decodeStripeAccount, type StripeAccount } from './stripeModel';

const PATH = 'stripe-account';

export async function fetchStripeAccount(): Promise<StripeAccount | null> {
  return decodeStripeAccount(await callAsPerson({ method: 'GET', path: PATH }));
}

/** Has the service ask Stripe, for when its news is late. */
export async function refreshStripeAccount(): Promise<StripeAccount | null> {
  return decodeStripeAccount(await callAsPerson({ method: 'POST', path: `${PATH}/refresh` }));
}

/** Where Stripe asks for what it needs. The first call makes the account. Rejects with `payments_not_configured`. */
export async function startOnboarding(): Promise<string> {
  return text(asFields(await callAsPerson({ method: 'POST', path: `${PATH}/onboarding` })), 'url');
}
