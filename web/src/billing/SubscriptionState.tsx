import { Ban, CircleAlert, CircleCheck, Hourglass, Sparkles } from 'lucide-react';
import { ProviderNotice } from '@/components/ProviderNotice';
import { Notice } from '@/components/Notice';
import { StatusBadge, type Badge } from '@/components/StatusBadge';
import { Button } from '@/components/ui/Button';
import { dayWords } from '@/lib/calendarDay';
import { useAction } from '@/lib/useAction';
import { useNow } from '@/lib/useNow';
import { dayOf } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import { Section } from '@/settings/Section';
import { trialDaysLeft, type Plan, type Subscription, type SubscriptionStatus } from './billingModel';
import { openPortal } from './billingRepository';

const BADGES: Record<SubscriptionStatus, Badge> = {
  trialing: { icon: Sparkles, word: 'Trial', tone: 'quiet' },
  active: { icon: CircleCheck, word: 'Active', tone: 'good' },
  past_due: { icon: CircleAlert, word: 'Past due', tone: 'bad' },
  unpaid: { icon: CircleAlert, word: 'Unpaid', tone: 'bad' },
  incomplete: { icon: Hourglass, word: 'Not finished', tone: 'unsure' },
  canceled: { icon: Ban, word: 'Canceled', tone: 'quiet' },
};

interface SubscriptionStateProps {
  plans: Plan[];
  subscription: Subscription;
  mayChange: boolean;
}

/** Where the subscription stands, and what needs doing about it. */
export function SubscriptionState({ plans, subscription, mayChange }: SubscriptionStateProps) {
  const plan = plans.find(({ id }) => id === subscription.planId);
  return (
    <Section
      title={plan ? `FieldLite ${plan.name}` : 'Your subscription'}
      action={<StatusBadge badge={BADGES[subscription.status]} />}
    >
      <Words subscription={subscription} />
      {!mayChange && (
        <p className="text-sm text-muted-foreground">Only an owner of the company can change the plan.</p>
      )}
      {mayChange && subscription.hasCustomer && <PortalButton />}
    </Section>
  );
}

function Words({ subscription }: { subscription: Subscription }) {
  const words = useWords(subscription);
  switch (subscription.status) {
    case 'past_due':
    case 'unpaid':
    case 'incomplete':
      return <Notice tone="error">{words}</Notice>;
    case 'canceled':
      return <Notice tone="warning">{words}</Notice>;
    default:
      return <p className="text-sm">{words}</p>;
  }
}

function useWords(subscription: Subscription): string {
  const now = useNow();
  const place = usePlace();
  const { status, currentPeriodEndsAt: end, cancelsAtPeriodEnd } = subscription;
  const day = end === null ? null : dayWords(dayOf(new Date(end), place), now, place);
  switch (status) {
    case 'trialing':
      return trialWords(trialDaysLeft(subscription, now), subscription.planId !== null);
    case 'active':
      if (day === null) return 'Everything is paid.';
      return cancelsAtPeriodEnd
        ? `Canceled: FieldLite works until ${day}, and nothing is charged any more.`
        : `Renews ${day}.`;
    case 'past_due':
      return 'The last payment did not work. Stripe tries again; update the card so that nothing stops.';
    case 'unpaid':
      return 'The subscription is not paid. Update the card to go on.';
    case 'incomplete':
      return 'The first payment did not go through. Choose a plan again, or try another card.';
    case 'canceled':
      return 'The subscription has ended. Choose a plan to go on; everything is where you left it.';
  }
}

function trialWords(days: number, hasPlan: boolean): string {
  if (days === 0) return 'Your trial is over. Choose a plan to go on.';
  const left = days === 1 ? 'The last day of your trial.' : `${days} days left of your trial.`;
  return hasPlan
    ? `${left} The first payment comes after it.`
    : `${left} No card is needed until you choose.`;
}

function PortalButton() {
  const action = useAction();
  return (
    <div className="grid justify-items-start gap-3">
      <ProviderNotice failure={action.failure} />
      <Button
        variant="outline"
        busy={action.busy}
        onClick={() => void action.run(async () => window.location.assign(await openPortal()))}
      >
        Manage subscription
      </Button>
    </div>
  );
}
