import { Paperclip, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { clockTime, fullWhen } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { focusComposer } from './Composer';
import { addToDraft } from './draftStore';
import { StatusMark } from './StatusMark';
import { markOf, wasNotDelivered } from './statusModel';
import type { Attachment, TextEntry } from './threadModel';

interface TextBubbleProps {
  entry: TextEntry;
  startsGroup: boolean;
  endsGroup: boolean;
}

export function TextBubble({ entry, startsGroup, endsGroup }: TextBubbleProps) {
  const outbound = entry.direction === 'outbound';
  const failed = outbound && wasNotDelivered(entry.status);
  return (
    <article
      aria-label={outbound ? 'Sent text' : 'Received text'}
      className={cn(
        'flex flex-col gap-1 py-0.5',
        outbound ? 'items-end' : 'items-start',
        startsGroup && 'pt-2.5',
      )}
    >
      <Bubble side={outbound ? 'right' : 'left'} faded={failed}>
        {entry.body}
        {entry.attachments.map((attachment, index) => (
          <AttachmentNote key={index} attachment={attachment} />
        ))}
      </Bubble>
      {(outbound || endsGroup) && <Meta entry={entry} />}
      {outbound && entry.statusReason && <Reason entry={entry} />}
    </article>
  );
}

interface BubbleProps {
  side: 'left' | 'right';
  faded?: boolean;
  children: ReactNode;
}

export function Bubble({ side, faded = false, children }: BubbleProps) {
  return (
    <div
      className={cn(
        'max-w-[min(85%,36rem)] rounded-2xl px-3.5 py-2 text-[0.9375rem] leading-snug break-words whitespace-pre-wrap',
        side === 'left' && 'rounded-bl-md border bg-card text-foreground',
        side === 'right' && !faded && 'rounded-br-md bg-bubble text-bubble-foreground',
        side === 'right' &&
          faded &&
          'rounded-br-md border border-dashed border-input bg-muted text-foreground',
      )}
    >
      {children}
    </div>
  );
}

/** What came along is named, not shown: the picture itself is behind the provider's log-in. */
function AttachmentNote({ attachment }: { attachment: Attachment }) {
  return (
    <span className="mt-1 flex items-center gap-1.5 text-sm">
      <Paperclip aria-hidden className="size-4 shrink-0" />
      Attachment ({attachment.contentType})
    </span>
  );
}

function Meta({ entry }: { entry: TextEntry }) {
  const company = useCompany();
  const outbound = entry.direction === 'outbound';
  const author = entry.authorId === company.userId ? null : entry.authorName;
  return (
    <p className="flex flex-wrap items-center gap-x-2 px-1 text-xs text-muted-foreground">
      {outbound && author && <span>{author}</span>}
      <time dateTime={entry.at} title={fullWhen(entry.at, company)} className="tabular-nums">
        {clockTime(entry.at, company)}
      </time>
      {outbound && <StatusMark mark={markOf(entry.status)} />}
    </p>
  );
}

function Reason({ entry }: { entry: TextEntry }) {
  const { conversationId, body } = entry;
  const reuse = (id: string) => {
    addToDraft(id, body);
    focusComposer();
  };
  return (
    <div className="flex max-w-[min(85%,36rem)] flex-col items-end gap-1 px-1 text-right text-sm">
      <p>{entry.statusReason}</p>
      {conversationId !== null && wasNotDelivered(entry.status) && (
        <Button variant="link" size="small" onClick={() => reuse(conversationId)}>
          <Undo2 aria-hidden />
          Use these words again
        </Button>
      )}
    </div>
  );
}
