import { Link } from 'react-router';
import { clockTime, fullWhen } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { recordWords } from './recordWords';
import type { RecordEntry } from './threadModel';

/** A note, a task, a file or a merge between the texts, with the way to the contact's page. Customers never see it. */
export function RecordLine({ entry }: { entry: RecordEntry }) {
  const company = useCompany();
  const { icon: Icon, label, text } = recordWords(entry);
  const author = entry.authorId === company.userId ? 'You' : entry.authorName;
  return (
    <div className="flex justify-center py-2 text-sm">
      <Link
        to={`/contacts/${entry.contactId ?? ''}`}
        className="flex target max-w-[min(100%,36rem)] items-start gap-2 rounded-lg border bg-card px-3 py-1.5 transition-colors hover:bg-muted"
      >
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
        <span className="min-w-0">
          <span className="text-xs text-muted-foreground">
            {[label, author].filter(Boolean).join(' · ')}{' '}
            <time dateTime={entry.at} title={fullWhen(entry.at, company)} className="tabular-nums">
              {clockTime(entry.at, company)}
            </time>
          </span>
          {text !== null && (
            <span className="line-clamp-4 block break-words whitespace-pre-wrap">{text}</span>
          )}
        </span>
      </Link>
    </div>
  );
}
