import { ChevronRight, Pencil, Plus, Trash2, type LucideIcon } from 'lucide-react';
import { Link } from 'react-router';
import { CopyButton } from '@/components/CopyButton';
import { WhenLabel } from '@/components/WhenLabel';
import { fullWhen } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { changesOf, isErased, type AuditAction, type AuditEntry, type Names } from './auditModel';
import { columnWords } from './auditTables';
import { valueWords, type Surroundings } from './auditValues';
import { sentenceOf } from './auditWords';

const ICONS: Record<AuditAction, LucideIcon> = { insert: Plus, update: Pencil, delete: Trash2 };

interface AuditEntryRowProps {
  entry: AuditEntry;
  names: Names;
}

/** A sentence; what exactly changed opens below it. */
export function AuditEntryRow({ entry, names }: AuditEntryRowProps) {
  const around = { ...useCompany(), names };
  const Icon = ICONS[entry.action];
  return (
    <li>
      <details className="group">
        <summary className="flex target cursor-pointer list-none items-start gap-3 rounded-md py-2.5 text-sm hover:bg-muted/50">
          <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 flex-1 break-words">{sentenceOf(entry, around)}</span>
          <WhenLabel
            at={entry.at}
            className="shrink-0 text-xs leading-5 text-muted-foreground tabular-nums"
          />
          <ChevronRight
            aria-hidden
            className="mt-0.5 size-4 shrink-0 text-muted-foreground transition-transform group-open:rotate-90"
          />
        </summary>
        <div className="grid gap-3 pb-4 pl-7 text-sm">
          <p className="text-muted-foreground">{fullWhen(entry.at, around)}</p>
          {isErased(entry) ? (
            <p>What stood here was erased with the person.</p>
          ) : (
            <Changes entry={entry} around={around} />
          )}
          <Trace entry={entry} />
        </div>
      </details>
    </li>
  );
}

interface ChangesProps {
  entry: AuditEntry;
  around: Surroundings;
}

function Changes({ entry, around }: ChangesProps) {
  const isUpdate = entry.action === 'update';
  return (
    <dl className="grid gap-2">
      {changesOf(entry).map(({ column, before, after }) => (
        <div key={column} className="grid gap-x-4 sm:grid-cols-[10rem_1fr]">
          <dt className="break-words text-muted-foreground first-letter:uppercase">{columnWords(column)}</dt>
          <dd className="min-w-0 break-words">
            {isUpdate && before != null && (
              <>
                <del className="text-muted-foreground">{valueWords(column, before, around)}</del>
                <span aria-hidden> → </span>
                <span className="sr-only"> became </span>
              </>
            )}
            {valueWords(column, entry.action === 'delete' ? before : after, around)}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What leads further: the record's own history, and the request for whoever looks into the service's log. */
function Trace({ entry: { rowId, requestId } }: { entry: AuditEntry }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <Link
        to={`/settings/audit?row=${rowId}`}
        className="inline-flex target items-center text-primary underline underline-offset-4"
      >
        History of this record
      </Link>
      {requestId !== null && (
        <span className="inline-flex max-w-full items-center gap-1 text-xs text-muted-foreground">
          <span className="min-w-0">
            Request <code className="font-mono break-all">{requestId}</code>
          </span>
          <CopyButton value={requestId} label="Copy the id of the request" />
        </span>
      )}
    </div>
  );
}
