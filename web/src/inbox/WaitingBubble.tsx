import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { useAction } from '@/lib/useAction';
import { clockTime } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import type { OutboxItem } from './outboxModel';
import { flushOutbox, takeBack } from './outboxStore';
import { StatusMark } from './StatusMark';
import { outboxMarkOf } from './statusModel';
import { Bubble } from './TextBubble';

/** A text that the database has not shown back yet. */
export function WaitingBubble({ item, startsGroup }: { item: OutboxItem; startsGroup: boolean }) {
  const place = usePlace();
  return (
    <article
      aria-label="Sent text"
      className={cn('flex flex-col items-end gap-1 py-0.5', startsGroup && 'pt-2.5')}
    >
      <Bubble side="right" faded={item.state === 'waiting'}>
        {item.body}
      </Bubble>
      <p className="flex flex-wrap items-center justify-end gap-x-2 px-1 text-xs text-muted-foreground">
        <time dateTime={item.createdAt} className="tabular-nums">
          {clockTime(item.createdAt, place)}
        </time>
        <StatusMark mark={outboxMarkOf(item.state)} />
      </p>
      {item.state === 'waiting' && <WayOut item={item} />}
    </article>
  );
}

function WayOut({ item }: { item: OutboxItem }) {
  const action = useAction();
  return (
    <div className="flex flex-wrap justify-end gap-x-4 px-1 text-sm">
      <Button variant="link" size="small" onClick={() => void flushOutbox()}>
        Try now
      </Button>
      <Button
        variant="link"
        size="small"
        busy={action.busy}
        onClick={() => void action.run(() => takeBack(item))}
      >
        Take back
      </Button>
      {action.failure && (
        <p role="alert" className="w-full text-right">
          Without a connection we can&apos;t tell whether it was sent.
        </p>
      )}
    </div>
  );
}
