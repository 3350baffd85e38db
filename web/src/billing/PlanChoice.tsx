import { Check } from 'lucide-react';
import { useState } from 'react';
import { ProviderNotice } from '@/components/ProviderNotice';
import { Money } from '@/components/Money';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { useAction } from '@/lib/useAction';
import { Section } from '@/settings/Section';
import { isRunning, type Plan, type Subscription } from './billingModel';
import { startCheckout } from './billingRepository';

interface PlanChoiceProps {
  plans: Plan[];
  subscription: Subscription;
  mayChange: boolean;
}

/** What each plan is for, in a line; what it costs is in the database. */
const WORDS: Readonly<Record<string, string>> = {
  solo: 'For one person who does it all.',
  team: 'For an office and its technicians.',
};

export function PlanChoice({ plans, subscription, mayChange }: PlanChoiceProps) {
  const action = useAction();
  const [chosen, setChosen] = useState<string | null>(null);
  const running = isRunning(subscription);
  const choose = (plan: Plan) => {
    setChosen(plan.id);
    void action.run(async () => window.location.assign(await startCheckout(plan.id)));
  };
  return (
    <Section title="Plans" description="By the month, for the whole company. Cancel whenever you like.">
      <ProviderNotice failure={action.failure} />
      <ul role="list" className="grid gap-4 sm:grid-cols-2">
        {plans.map((plan) => (
          <PlanCard key={plan.id} plan={plan} current={running && plan.id === subscription.planId}>
            {mayChange && !running && (
              <Button
                className="w-full"
                busy={action.busy && chosen === plan.id}
                disabled={action.busy}
                onClick={() => choose(plan)}
              >
                Choose {plan.name}
              </Button>
            )}
          </PlanCard>
        ))}
      </ul>
      {mayChange && running && (
        <p className="text-sm text-muted-foreground">
          To change the plan, the card or to cancel, press “Manage subscription” above.
        </p>
      )}
    </Section>
  );
}

function PlanCard({ plan, current, children }: { plan: Plan; current: boolean; children: React.ReactNode }) {
  return (
    <li
      className={cn(
        'flex flex-col gap-3 rounded-lg border p-4',
        current && 'border-primary bg-accent text-accent-foreground',
      )}
    >
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-semibold">{plan.name}</h3>
        {current && (
          <span className="flex items-center gap-1 text-xs font-medium">
            <Check aria-hidden className="size-3.5" />
            Your plan
          </span>
        )}
      </div>
      <p>
        <Money cents={plan.priceCents} currency={plan.currency} className="text-2xl font-semibold" />
        <span className={cn('text-sm', !current && 'text-muted-foreground')}> a month</span>
      </p>
      <p className={cn('flex-1 text-sm', !current && 'text-muted-foreground')}>{WORDS[plan.id]}</p>
      {children}
    </li>
  );
}
