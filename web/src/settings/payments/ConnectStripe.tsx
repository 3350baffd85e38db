import { Section } from '../Section';
import { OnboardingButton } from './OnboardingButton';

export function ConnectStripe() {
  return (
    <Section
      title="Get paid online"
      description="Customers pay your invoices by card or from their bank account. The money goes to your own Stripe account, and from there to your bank."
    >
      <p className="text-sm text-muted-foreground">
        Stripe asks for your business, the person who runs it and a bank account. It takes about ten minutes,
        and you can stop and go on later.
      </p>
      <OnboardingButton words="Connect Stripe" />
    </Section>
  );
}
