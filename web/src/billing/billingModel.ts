import { Constants } from '@/database/types';
import { asFields, flag, oneOf, text, textOrNull, whole } from '@/lib/decode';

export type SubscriptionStatus = (typeof Constants.public.Enums.subscription_status)[number];

/** What FieldLite costs a month. */
export interface Plan {
  id: string;
  name: string;
  priceCents: number;
  currency: string;
}

/** The company's own subscription to FieldLite. */
export interface Subscription {
  planId: string | null;
  status: SubscriptionStatus;
  trialEndsAt: string | null;
  currentPeriodEndsAt: string | null;
  cancelsAtPeriodEnd: boolean;
  /** Stripe knows the company, so there are bills to look at. */
  hasCustomer: boolean;
}

export function decodePlan(value: unknown): Plan {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    priceCents: whole(row, 'price_cents'),
    currency: text(row, 'currency'),
  };
}

export function decodeSubscription(value: unknown): Subscription {
  const row = asFields(value);
  return {
    planId: textOrNull(row, 'plan_id'),
    status: oneOf(row, 'status', Constants.public.Enums.subscription_status),
    trialEndsAt: textOrNull(row, 'trial_ends_at'),
    currentPeriodEndsAt: textOrNull(row, 'current_period_ends_at'),
    cancelsAtPeriodEnd: flag(row, 'cancels_at_period_end'),
    hasCustomer: textOrNull(row, 'stripe_customer_id') !== null,
  };
}

const DAY = 24 * 60 * 60_000;

/** Days left of the trial, a begun day counted whole; 0 when it is over. */
export function trialDaysLeft({ trialEndsAt }: Subscription, now: Date): number {
  if (trialEndsAt === null) return 0;
  return Math.max(0, Math.ceil((Date.parse(trialEndsAt) - now.getTime()) / DAY));
}

/** A running subscription is changed in the billing portal; without one a plan is chosen and paid for. */
export function isRunning({ planId, status }: Subscription): boolean {
  return planId !== null && (status === 'trialing' || status === 'active' || status === 'past_due');
}
