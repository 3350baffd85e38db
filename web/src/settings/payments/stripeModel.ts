import { asFields, flag, textOrNull, texts } from '@/lib/decode';

/** What Stripe says of the company's connected account. */
export interface StripeAccount {
  last4: string | null;
  chargesEnabled: boolean;
  payoutsEnabled: boolean;
  detailsSubmitted: boolean;
  /** Stripe's keys of what it still needs. */
  currentlyDue: string[];
  disabledReason: string | null;
}

/** Null while none is connected. */
export function decodeStripeAccount(value: unknown): StripeAccount | null {
  if (value === null) return null;
  const fields = asFields(value);
  if (!flag(fields, 'connected')) return null;
  return {
    last4: textOrNull(fields, 'stripe_account_id_last4'),
    chargesEnabled: flag(fields, 'charges_enabled'),
    payoutsEnabled: flag(fields, 'payouts_enabled'),
    detailsSubmitted: flag(fields, 'details_submitted'),
    currentlyDue: texts(fields, 'currently_due'),
    disabledReason: textOrNull(fields, 'disabled_reason'),
  };
}

/** How far the company is: nothing asked yet, Stripe is looking, or money can come. */
export type Health = 'incomplete' | 'checking' | 'no_payouts' | 'ready';

export function healthOf(account: StripeAccount): Health {
  if (account.chargesEnabled) return account.payoutsEnabled ? 'ready' : 'no_payouts';
  return account.detailsSubmitted && account.currentlyDue.length === 0 ? 'checking' : 'incomplete';
}
