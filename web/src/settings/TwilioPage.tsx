import { useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useDelayed } from '@/lib/useDelayed';
import { Section } from './Section';
import { TwilioAccount } from './TwilioAccount';
import { TwilioForm } from './TwilioForm';
import { loadTwilio, useTwilio } from './twilioStore';

export function TwilioPage() {
  const { status, settings, failure } = useTwilio();
  const [replacing, setReplacing] = useState(false);
  useLiveQuery(loadTwilio, 'twilio_settings');
  const slow = useDelayed(status === 'unknown');
  if (status === 'failed' && failure)
    return <ErrorState failure={failure} onRetry={() => void loadTwilio()} />;
  if (status !== 'ready') return slow ? <Skeleton className="h-64" /> : null;
  if (settings && !replacing)
    return <TwilioAccount settings={settings} onReplace={() => setReplacing(true)} />;
  return (
    <Section
      title={settings ? 'Replace the Twilio account' : 'Connect Twilio'}
      description="FieldLite sends and receives your texts through your own Twilio account. You find both values on the first page of Twilio's console."
    >
      <TwilioForm onDone={() => setReplacing(false)} onCancel={settings ? () => setReplacing(false) : null} />
    </Section>
  );
}
