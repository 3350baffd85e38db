import {
  Ban,
  Check,
  CheckCheck,
  CircleAlert,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  Clock,
  CloudOff,
  SendHorizontal,
  type LucideIcon,
} from 'lucide-react';
import type { MessageStatus } from './conversationModel';
import type { OutboxItem } from './outboxModel';

/** How a state of an outbound text is shown: by icon and by word, never by colour alone. */
export interface Mark {
  icon: LucideIcon;
  word: string;
  tone: 'quiet' | 'good' | 'bad' | 'unsure';
}

const MARKS: Record<MessageStatus, Mark> = {
  draft: { icon: CircleDashed, word: 'Draft', tone: 'quiet' },
  scheduled: { icon: Clock, word: 'Scheduled', tone: 'quiet' },
  queued: { icon: Clock, word: 'Queued', tone: 'quiet' },
  sending: { icon: SendHorizontal, word: 'Sending', tone: 'quiet' },
  unknown: { icon: CircleHelp, word: 'Not sure it was sent', tone: 'unsure' },
  sent: { icon: Check, word: 'Sent', tone: 'quiet' },
  undelivered: { icon: CircleAlert, word: 'Not delivered', tone: 'bad' },
  failed: { icon: CircleAlert, word: 'Failed', tone: 'bad' },
  delivered: { icon: CheckCheck, word: 'Delivered', tone: 'good' },
  canceled: { icon: CircleSlash, word: 'Canceled', tone: 'quiet' },
  blocked: { icon: Ban, word: 'Blocked', tone: 'bad' },
  received: { icon: Check, word: 'Received', tone: 'quiet' },
};

const OUTBOX_MARKS: Record<OutboxItem['state'], Mark> = {
  sending: { icon: SendHorizontal, word: 'Sending', tone: 'quiet' },
  waiting: { icon: CloudOff, word: 'Not sent yet: no connection', tone: 'unsure' },
  accepted: MARKS.queued,
};

export function markOf(status: MessageStatus): Mark {
  return MARKS[status];
}

export function outboxMarkOf(state: OutboxItem['state']): Mark {
  return OUTBOX_MARKS[state];
}

/** States in which the text did not reach anybody, so that its words may be wanted again. */
export function wasNotDelivered(status: MessageStatus): boolean {
  return status === 'failed' || status === 'undelivered' || status === 'blocked' || status === 'canceled';
}
