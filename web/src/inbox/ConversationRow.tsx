import { BellOff } from 'lucide-react';
import { Link } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { WhenLabel } from '@/components/WhenLabel';
import { cn } from '@/lib/cn';
import { useCompany } from '@/session/companyStore';
import { lastLineOf, nameOf, type Conversation } from './conversationModel';
import { StatusMark } from './StatusMark';
import { markOf } from './statusModel';

interface ConversationRowProps {
  conversation: Conversation;
  selected: boolean;
  /** Words of this conversation that wait in the composer. */
  draft: string | undefined;
}

export function ConversationRow({ conversation, selected, draft }: ConversationRowProps) {
  const { country } = useCompany();
  const unread = conversation.unreadCount > 0;
  return (
    <Link
      to={`/inbox/${conversation.id}`}
      data-conversation={conversation.id}
      aria-current={selected ? 'true' : undefined}
      className={cn(
        'relative flex gap-3 px-4 py-3 -outline-offset-2 transition-colors hover:bg-muted',
        selected && 'bg-accent hover:bg-accent',
      )}
    >
      <Avatar name={conversation.contactName} className={cn(selected && 'bg-card')} />
      <span className="min-w-0 flex-1">
        <span className="flex items-baseline gap-2">
          <span
            className={cn(
              'min-w-0 flex-1 truncate text-[0.9375rem]',
              unread ? 'font-semibold' : 'font-medium',
            )}
          >
            {nameOf(conversation, country)}
          </span>
          <WhenLabel
            at={conversation.lastMessageAt}
            className={cn(
              'shrink-0 text-xs tabular-nums',
              unread ? 'font-semibold text-foreground' : 'text-muted-foreground',
            )}
          />
        </span>
        <span className="mt-0.5 flex items-center gap-2">
          <span
            className={cn(
              'min-w-0 flex-1 truncate text-sm',
              unread ? 'text-foreground' : 'text-muted-foreground',
            )}
          >
            <LastLine conversation={conversation} draft={draft} />
          </span>
          <RowMarks conversation={conversation} />
        </span>
      </span>
    </Link>
  );
}

function LastLine({ conversation, draft }: Omit<ConversationRowProps, 'selected'>) {
  if (!draft) return lastLineOf(conversation);
  return (
    <>
      <span className="font-medium text-warning">Draft:</span> {draft}
    </>
  );
}

function RowMarks({ conversation }: { conversation: Conversation }) {
  const { lastMessageDirection, lastMessageStatus, optedOut, unreadCount } = conversation;
  return (
    <span className="flex shrink-0 items-center gap-2 text-xs">
      {optedOut && (
        <span title="Opted out of texts" className="text-muted-foreground">
          <BellOff aria-hidden className="size-3.5" />
          <span className="sr-only">Opted out of texts</span>
        </span>
      )}
      {lastMessageDirection === 'outbound' && lastMessageStatus && (
        <StatusMark mark={markOf(lastMessageStatus)} iconOnly />
      )}
      {unreadCount > 0 && (
        <span className="min-w-5 rounded-full bg-primary px-1.5 text-center leading-5 font-semibold text-primary-foreground tabular-nums">
          {unreadCount}
          <span className="sr-only"> unread</span>
        </span>
      )}
    </span>
  );
}
