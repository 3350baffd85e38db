import { ArrowRight, CircleAlert, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { StatusBadge } from '@/components/StatusBadge';
import { useVocabulary } from '@/contacts/vocabularyStore';
import { cn } from '@/lib/cn';
import { useCompany } from '@/session/companyStore';
import { ACTION_BADGES, changesOf, reasonWords, type ImportRow, type Problem } from './importRowModel';

const LEFT_WORDS: Readonly<Record<string, string>> = {
  contact: 'Somebody changed this contact since, so it stays.',
  fields: 'Somebody changed some of it since; that stays.',
};

interface RowLineProps {
  row: ImportRow;
  headers: readonly string[];
}

/** One row of the file: what it says, what becomes of it, and what is wrong with which cell. */
export function RowLine({ row, headers }: RowLineProps) {
  const reason = reasonWords(row);
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  return (
    <li className="grid gap-1.5 px-4 py-3 text-sm">
      <div className="flex items-baseline gap-3">
        <span className="shrink-0 text-xs text-muted-foreground tabular-nums">Row {row.number}</span>
        <p className="min-w-0 flex-1 font-medium break-words">
          {row.contactId === null ? (
            summaryOf(filled)
          ) : (
            <Link to={`/contacts/${row.contactId}`} className="underline-offset-4 hover:underline">
              {summaryOf(filled)}
            </Link>
          )}
        </p>
        {row.action && <StatusBadge badge={ACTION_BADGES[row.action]} className="shrink-0" />}
      </div>
      {reason !== null && <p className="text-muted-foreground">{reason}</p>}
      <Problems problems={row.problems} cells={row.cells} headers={headers} />
      {row.action === 'update' && <Changes row={row} />}
      {row.leftBehind !== null && <p className="text-warning">{LEFT_WORDS[row.leftBehind]}</p>}
    </li>
  );
}

const MOST_CELLS = 4;

function summaryOf(cells: readonly string[]): string {
  return cells.slice(0, MOST_CELLS).join(' · ') + (cells.length > MOST_CELLS ? ' …' : '');
}

interface ProblemsProps {
  problems: readonly Problem[];
  cells: readonly string[];
  headers: readonly string[];
}

function Problems({ problems, cells, headers }: ProblemsProps) {
  if (problems.length === 0) return null;
  return (
    <ul role="list" className="grid gap-1">
      {problems.map(({ column, words, isError }) => {
        const Icon = isError ? CircleAlert : TriangleAlert;
        return (
          <li key={`${column ?? ''} ${words}`} className="flex items-start gap-1.5">
            <Icon
              aria-label={isError ? 'Error' : 'Warning'}
              className={cn('mt-0.5 size-4 shrink-0', isError ? 'text-destructive' : 'text-warning')}
            />
            <span className="min-w-0 break-words">
              {column !== null && (
                <>
                  <strong className="font-medium">{headers[column]}</strong> “{cells[column]}”:{' '}
                </>
              )}
              <span className={isError ? 'text-destructive' : 'text-warning'}>{words}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

function Changes({ row }: { row: ImportRow }) {
  const { country } = useCompany();
  const fields = useVocabulary((state) => state.fields);
  const labels = useMemo(() => new Map(fields.map(({ id, label }) => [id, label])), [fields]);
  const changes = changesOf(row, labels, country);
  if (changes.length === 0) return null;
  return (
    <ul role="list" className="grid gap-0.5 text-muted-foreground">
      {changes.map(({ field, from, to }) => (
        <li key={`${field} ${to}`} className="flex flex-wrap items-center gap-x-1.5 break-words">
          <span>{field}:</span>
          {from === null ? (
            <span>
              add <span className="text-foreground">{to}</span>
            </span>
          ) : (
            <>
              <span className="line-through">{from}</span>
              <ArrowRight aria-label="becomes" className="size-3.5" />
              <span className="text-foreground">{to}</span>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}
