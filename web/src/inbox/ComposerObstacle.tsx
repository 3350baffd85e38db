import { Phone } from 'lucide-react';
import { Link } from 'react-router';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import type { Obstacle } from './composerModel';
import type { Conversation } from './conversationModel';

interface ComposerObstacleProps {
  obstacle: Obstacle;
  conversation: Conversation;
}

/** Why nothing can be sent here, and the way out. */
export function ComposerObstacle({ obstacle, conversation }: ComposerObstacleProps) {
  switch (obstacle) {
    case 'opted_out':
      return (
        <Notice tone="warning" action={<CallInstead number={conversation.theirNumber} />}>
          They replied STOP, so you can&apos;t text this number. They can text START to hear from you again.
        </Notice>
      );
    case 'not_textable':
      return <Notice tone="info">That sender can&apos;t receive texts.</Notice>;
    case 'twilio_not_set_up':
      return <TwilioMissing />;
  }
}

function TwilioMissing() {
  const mayConnect = useCompany().areas.includes('settings');
  return (
    <Notice tone="warning" action={mayConnect && <ConnectTwilio />}>
      Texting is not set up yet.{!mayConnect && ' Ask an owner or manager to connect Twilio.'}
    </Notice>
  );
}

export function ConnectTwilio() {
  return (
    <Button asChild size="small">
      <Link to="/settings/twilio">Connect Twilio</Link>
    </Button>
  );
}

function CallInstead({ number }: { number: string }) {
  return (
    <Button asChild variant="outline" size="small">
      <a href={`tel:${number}`}>
        <Phone aria-hidden />
        Call
      </a>
    </Button>
  );
}
