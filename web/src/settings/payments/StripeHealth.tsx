import { CircleCheck, Hourglass, RefreshCw, TriangleAlert, type LucideIcon } from 'lucide-react';
import { ProviderNotice } from '@/components/ProviderNotice';
import { Notice } from '@/components/Notice';
import { StatusBadge, type Badge } from '@/components/StatusBadge';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { Section } from '../Section';
import { OnboardingButton } from './OnboardingButton';
import { disabledWords, requirementWords } from './requirementWords';
import { healthOf, type Health, type StripeAccount } from './stripeModel';
import { refreshStripeAccount } from './stripeRepository';
import { setStripe } from './stripeStore';

const HEALTH: Record<Health, { title: string; words: string; badge: Badge }> = {
  incomplete: {
    title: 'Almost there',
    words: 'Stripe needs a little more before your customers can pay.',
    badge: { icon: TriangleAlert, word: 'Not ready', tone: 'unsure' },
  },
  checking: {
    title: 'Stripe is checking your details',
    words: 'You have done your part. This page changes by itself when they are done, mostly within a day.',
    badge: { icon: Hourglass, word: 'Checking', tone: 'unsure' },
  },
  no_payouts: {
    title: 'Customers can pay',
    words: 'Payments arrive at Stripe, but can not go on to your bank yet.',
    badge: { icon: TriangleAlert, word: 'Payouts stopped', tone: 'unsure' },
  },
  ready: {
    title: 'Customers can pay',
    words: 'Payments go to your Stripe account, and from there to your bank.',
    badge: { icon: CircleCheck, word: 'Ready', tone: 'good' },
  },
};

export function StripeHealth({ account }: { account: StripeAccount }) {
  const health = healthOf(account);
  const { title, words, badge } = HEALTH[health];
  const missing = requirementWords(account.currentlyDue);
  return (
    <Section title={title} description={words} action={<StatusBadge badge={badge} />}>
      <dl className="grid gap-4 text-sm sm:grid-cols-3">
        <Fact label="Taking payments" yes={account.chargesEnabled} />
        <Fact label="Payouts to your bank" yes={account.payoutsEnabled} />
        <div className="grid content-start gap-0.5">
          <dt className="text-xs font-medium text-muted-foreground">Stripe account</dt>
          <dd className="font-mono">
            <span aria-hidden>••••</span>
            <span className="sr-only">ends in </span>
            {account.last4}
          </dd>
        </div>
      </dl>
      {account.disabledReason && <Notice tone="warning">{disabledWords(account.disabledReason)}</Notice>}
      {missing.length > 0 && <Missing things={missing} />}
      {missing.length > 0 || health === 'incomplete' ? <OnboardingButton words="Continue at Stripe" /> : null}
      <AskAgain />
    </Section>
  );
}

function Fact({ label, yes }: { label: string; yes: boolean }) {
  const Icon: LucideIcon = yes ? CircleCheck : TriangleAlert;
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd className="flex items-center gap-1.5">
        <Icon aria-hidden className={yes ? 'size-4 text-success' : 'size-4 text-warning'} />
        {yes ? 'Yes' : 'Not yet'}
      </dd>
    </div>
  );
}

function Missing({ things }: { things: string[] }) {
  return (
    <div className="grid gap-2 text-sm">
      <h3 className="font-medium">What Stripe still needs</h3>
      <ul role="list" className="grid list-disc gap-1 pl-5">
        {things.map((thing) => (
          <li key={thing}>{thing}</li>
        ))}
      </ul>
    </div>
  );
}

/** The page follows Stripe by itself; this is for whoever does not want to wait. */
function AskAgain() {
  const action = useAction();
  return (
    <div className="grid justify-items-start gap-3">
      <ProviderNotice failure={action.failure} />
      <Button
        variant="quiet"
        size="small"
        className="-ml-3"
        busy={action.busy}
        onClick={() => void action.run(async () => setStripe(await refreshStripeAccount()))}
      >
        {!action.busy && <RefreshCw aria-hidden />}
        Ask Stripe again
      </Button>
    </div>
  );
}
