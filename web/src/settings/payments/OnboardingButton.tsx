import { ExternalLink } from 'lucide-react';
import { ProviderNotice } from '@/components/ProviderNotice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { startOnboarding } from './stripeRepository';

/** Leads to Stripe's own pages, which lead back here. */
export function OnboardingButton({ words }: { words: string }) {
  const action = useAction();
  const go = () => void action.run(async () => window.location.assign(await startOnboarding()));
  return (
    <div className="grid justify-items-start gap-3">
      <ProviderNotice failure={action.failure} />
      <Button busy={action.busy} onClick={go}>
        {!action.busy && <ExternalLink aria-hidden />}
        {words}
      </Button>
    </div>
  );
}
