import { BellOff, BellRing } from 'lucide-react';
import type { ReactNode } from 'react';
import { clockTime, fullWhen } from '@/lib/when';
import { usePlace } from '@/session/companyStore';
import { MoneyLine } from './MoneyLine';
import { RecordLine } from './RecordLine';
import { TextBubble } from './TextBubble';
import type { ConsentEntry } from './threadModel';
import type { TimelineItem } from './timelineModel';
import { WaitingBubble } from './WaitingBubble';

interface TimelineLineProps {
  item: TimelineItem;
  next: TimelineItem | undefined;
}

/** One line of a thread. */
export function TimelineLine({ item, next }: TimelineLineProps) {
  switch (item.type) {
    case 'day':
      return <DaySeparator label={item.label} />;
    case 'unread':
      return <UnreadSeparator />;
    case 'consent':
      return <ConsentNotice entry={item.entry} />;
    case 'money':
      return <MoneyLine entry={item.entry} />;
    case 'record':
      return <RecordLine entry={item.entry} />;
    case 'text':
      return (
        <TextBubble entry={item.entry} startsGroup={item.startsGroup} endsGroup={!continuesGroup(next)} />
      );
    case 'waiting':
      return <WaitingBubble item={item.item} startsGroup={item.startsGroup} />;
  }
}

function continuesGroup(next: TimelineItem | undefined): boolean {
  return (next?.type === 'text' || next?.type === 'waiting') && !next.startsGroup;
}

function DaySeparator({ label }: { label: string }) {
  return (
    <h3 className="py-4 text-center text-xs font-medium text-muted-foreground">
      <span className="rounded-full bg-muted px-3 py-1">{label}</span>
    </h3>
  );
}

function UnreadSeparator() {
  return (
    <p className="flex items-center gap-3 py-3 text-xs font-semibold text-primary">
      <span aria-hidden className="h-px flex-1 bg-current opacity-40" />
      New
      <span aria-hidden className="h-px flex-1 bg-current opacity-40" />
    </p>
  );
}

function ConsentNotice({ entry }: { entry: ConsentEntry }) {
  return entry.granted ? (
    <StreamNotice icon={<BellRing aria-hidden className="size-4 text-success" />} at={entry.at}>
      They can be texted again
    </StreamNotice>
  ) : (
    <StreamNotice icon={<BellOff aria-hidden className="size-4 text-warning" />} at={entry.at}>
      They opted out of texts
    </StreamNotice>
  );
}

function StreamNotice({ icon, at, children }: { icon: ReactNode; at: string; children: ReactNode }) {
  const place = usePlace();
  return (
    <p className="flex justify-center py-3 text-sm text-muted-foreground">
      <span className="flex items-center gap-2 rounded-lg border bg-card px-3 py-1.5">
        {icon}
        {children}
        <time dateTime={at} title={fullWhen(at, place)} className="text-xs tabular-nums">
          {clockTime(at, place)}
        </time>
      </span>
    </p>
  );
}
