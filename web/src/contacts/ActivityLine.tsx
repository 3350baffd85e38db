import { BellOff, BellRing, MessageSquareReply, MessageSquareText, type LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Money } from '@/components/Money';
import { StatusBadge } from '@/components/StatusBadge';
import { StatusMark } from '@/inbox/StatusMark';
import { markOf } from '@/inbox/statusModel';
import { recordWords } from '@/inbox/recordWords';
import type { ConsentEntry, MoneyEntry, RecordEntry, TextEntry, ThreadEntry } from '@/inbox/threadModel';
import { moneyBadgeOf } from '@/invoices/paymentWords';
import { clockTime, fullWhen } from '@/lib/when';
import { useCompany, usePlace } from '@/session/companyStore';

/** One thing that happened: a text, an answer about consent, money, a note, a task, a file, a merge. */
export function ActivityLine({ entry }: { entry: ThreadEntry }) {
  switch (entry.kind) {
    case 'sms':
      return <TextLine entry={entry} />;
    case 'consent':
      return <ConsentLine entry={entry} />;
    case 'payment':
    case 'refund':
    case 'dispute':
      return <MoneyLine entry={entry} />;
    default:
      return <RecordLine entry={entry} />;
  }
}

interface LineProps {
  icon: LucideIcon;
  at: string;
  /** What it is and who did it. */
  words: ReactNode;
  children?: ReactNode;
}

function Line({ icon: Icon, at, words, children }: LineProps) {
  const place = usePlace();
  return (
    <article className="flex gap-3 pb-3 text-sm">
      <span className="mt-0.5 grid size-7 shrink-0 place-items-center rounded-full bg-muted text-muted-foreground">
        <Icon aria-hidden className="size-4" />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-x-2 text-xs text-muted-foreground">
          {words}
          <time dateTime={at} title={fullWhen(at, place)} className="tabular-nums">
            {clockTime(at, place)}
          </time>
        </p>
        {children}
      </div>
    </article>
  );
}

/** Who wrote or did it, as the reader calls them. */
function useAuthor(id: string | null, name: string | null): string | null {
  const { userId } = useCompany();
  return id === userId ? 'You' : name;
}

function TextLine({ entry }: { entry: TextEntry }) {
  const author = useAuthor(entry.authorId, entry.authorName);
  const outbound = entry.direction === 'outbound';
  const words = entry.body.trim() === '' ? 'Attachment' : entry.body;
  return (
    <Line
      icon={outbound ? MessageSquareReply : MessageSquareText}
      at={entry.at}
      words={
        <>
          <span>{outbound ? `${author ?? 'Your company'} texted` : 'They texted'}</span>
          {outbound && <StatusMark mark={markOf(entry.status)} />}
        </>
      }
    >
      {entry.conversationId === null ? (
        <p className="break-words whitespace-pre-wrap">{words}</p>
      ) : (
        <Link
          to={`/inbox/${entry.conversationId}`}
          className="block target break-words whitespace-pre-wrap underline-offset-4 hover:underline"
        >
          {words}
        </Link>
      )}
      {entry.statusReason && <p className="text-destructive">{entry.statusReason}</p>}
    </Line>
  );
}

function ConsentLine({ entry }: { entry: ConsentEntry }) {
  return (
    <Line icon={entry.granted ? BellRing : BellOff} at={entry.at} words="Consent">
      <p>{entry.granted ? 'They can be texted again' : 'They opted out of texts'}</p>
    </Line>
  );
}

function MoneyLine({ entry }: { entry: MoneyEntry }) {
  const badge = moneyBadgeOf(entry.kind, entry.moneyStatus);
  return (
    <Line icon={badge.icon} at={entry.at} words="Money">
      <Link
        to={`/invoices/${entry.invoiceId}`}
        className="inline-flex target flex-wrap items-center gap-x-2 gap-y-1 underline-offset-4 hover:underline"
      >
        <Money cents={entry.amountCents} currency={entry.currency} className="font-medium" />
        <StatusBadge badge={badge} />
        <span>Invoice {entry.invoiceNumber}</span>
      </Link>
    </Line>
  );
}

function RecordLine({ entry }: { entry: RecordEntry }) {
  const author = useAuthor(entry.authorId, entry.authorName);
  const { icon, label, text } = recordWords(entry);
  return (
    <Line icon={icon} at={entry.at} words={[label, author].filter(Boolean).join(' · ')}>
      {text !== null && <p className="break-words whitespace-pre-wrap">{text}</p>}
    </Line>
  );
}
