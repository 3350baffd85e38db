import { useCallback, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { Notice } from '@/components/Notice';
import { Skeleton } from '@/components/Skeleton';
import { useLiveQuery } from '@/database/useLiveQuery';
import { toFailure, type Failure } from '@/lib/failure';
import { useDelayed } from '@/lib/useDelayed';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import type { Plan, Subscription } from './billingModel';
import { fetchPlans, fetchSubscription } from './billingRepository';
import { PlanChoice } from './PlanChoice';
import { SubscriptionState } from './SubscriptionState';

interface Billing {
  plans: Plan[];
  subscription: Subscription;
}

/** What the company pays for FieldLite itself. */
export function BillingPage() {
  const { role } = useCompany();
  const { billing, failure, load } = useBilling();
  const slow = useDelayed(billing === null && failure === null);
  if (!billing && failure) return <ErrorState failure={failure} onRetry={() => void load()} />;
  if (!billing) return slow ? <Skeleton className="h-64" /> : null;
  const mayChange = may(role, 'billing.write');
  return (
    <>
      <Returned subscription={billing.subscription} />
      <SubscriptionState {...billing} mayChange={mayChange} />
      <PlanChoice {...billing} mayChange={mayChange} />
    </>
  );
}

function useBilling() {
  const [billing, setBilling] = useState<Billing | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const load = useCallback(async () => {
    try {
      const [plans, subscription] = await Promise.all([fetchPlans(), fetchSubscription()]);
      setBilling({ plans, subscription });
      setFailure(null);
    } catch (error) {
      setFailure(toFailure(error));
    }
  }, []);
  useLiveQuery(load, 'subscriptions');
  return { billing, failure, load };
}

/** Back from Stripe before its news: the page changes by itself in a moment. */
function Returned({ subscription }: { subscription: Subscription }) {
  const [search] = useSearchParams();
  if (search.get('subscribed') === null || subscription.planId !== null) return null;
  return (
    <Notice tone="info" className="mb-6">
      Thank you. Stripe is confirming your subscription; this page shows it in a moment.
    </Notice>
  );
}
