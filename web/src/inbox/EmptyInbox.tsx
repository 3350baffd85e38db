import { MessageSquareText } from 'lucide-react';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { PhoneNumber } from '@/components/PhoneNumber';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { loadNumbers, useNumbers } from '@/settings/numberStore';
import { useTwilioState } from '@/settings/twilioStore';

/** What the inbox is for, and the next step towards the first text. */
export function EmptyInbox() {
  const { country, areas } = useCompany();
  const first = useNumbers((state) => state.numbers[0]);
  const twilio = useTwilioState(areas.includes('settings'));
  useEffect(() => void loadNumbers(), []);
  const mayConnect = areas.includes('settings') && (twilio === 'missing' || !first);
  return (
    <EmptyState
      icon={MessageSquareText}
      title="No conversations yet"
      action={
        mayConnect && (
          <Button asChild>
            <Link to={twilio === 'missing' ? '/settings/twilio' : '/settings/numbers'}>
              {twilio === 'missing' ? 'Connect Twilio' : 'Add your number'}
            </Link>
          </Button>
        )
      }
    >
      <p>When a customer texts your company, the conversation appears here by itself.</p>
      {first && (
        <p className="mt-2">
          Your number: <PhoneNumber e164={first.e164} country={country} />
        </p>
      )}
    </EmptyState>
  );
}
