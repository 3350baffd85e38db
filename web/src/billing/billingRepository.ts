import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text } from '@/lib/decode';
import { callAsPerson } from '@/session/signedInService';
import { decodePlan, decodeSubscription, type Plan, type Subscription } from './billingModel';

export async function fetchPlans(): Promise<Plan[]> {
  return asList(await answerOf(getClient().from('plans').select('*').order('position')), decodePlan);
}

/** The company's subscription; every company has one from its first day. */
export async function fetchSubscription(): Promise<Subscription> {
  return decodeSubscription(await answerOf(getClient().from('subscriptions').select('*').single()));
}

/** Where Stripe takes the card for a plan. */
export async function startCheckout(plan: string): Promise<string> {
  const answer = await callAsPerson({ method: 'POST', path: 'billing/checkout', body: { plan } });
  return text(asFields(answer), 'url');
}

/** Where Stripe shows the bills, changes the card or plan, and cancels. */
export async function openPortal(): Promise<string> {
  return text(asFields(await callAsPerson({ method: 'POST', path: 'billing/portal' })), 'url');
}
