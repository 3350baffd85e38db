import { useEffect, useRef } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useDelayed } from '@/lib/useDelayed';
import { ConnectStripe } from './ConnectStripe';
import { refreshStripeAccount } from './stripeRepository';
import { loadStripe, setStripe, useStripe } from './stripeStore';
import { StripeHealth } from './StripeHealth';

/** Whether customers can pay, and what is missing until they can. */
export function PaymentsPage() {
  const { status, account, failure } = useStripe();
  useLiveQuery(loadStripe, 'stripe_accounts');
  useRefreshWhileMissing(account !== null && !account.chargesEnabled);
  const slow = useDelayed(status === 'unknown');
  if (status === 'failed' && failure)
    return <ErrorState failure={failure} onRetry={() => void loadStripe()} />;
  if (status !== 'ready') return slow ? <Skeleton className="h-64" /> : null;
  return account ? <StripeHealth account={account} /> : <ConnectStripe />;
}

/** People come back here from Stripe before its news does: while something is missing, opening the page asks. */
function useRefreshWhileMissing(missing: boolean): void {
  const asked = useRef(false);
  useEffect(() => {
    if (!missing || asked.current) return;
    asked.current = true;
    refreshStripeAccount().then(setStripe, (error: unknown) => console.warn('could not ask Stripe', error));
  }, [missing]);
}
