import { Download } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { useLiveVocabulary } from '@/contacts/vocabularyStore';
import { cn } from '@/lib/cn';
import { toFailure, type Failure } from '@/lib/failure';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { useDelayed } from '@/lib/useDelayed';
import { saveErrorRows } from './errorFile';
import type { ContactImport } from './importModel';
import { ACTION_COUNTS, type ImportRow } from './importRowModel';
import { fetchRows, type RowFilter } from './importRepository';
import { RowLine } from './RowLine';

const PAGE = 50;

/** The rows of a file and what becomes of each, by kind. The choice is in the address. */
export function RowReport({ item }: { item: ContactImport }) {
  useLiveVocabulary();
  const [search] = useSearchParams();
  const choices = choicesOf(item);
  const filter = choices.find(({ value }) => value === search.get('show'))?.value ?? 'all';
  return (
    <section aria-labelledby="rows" className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="rows" className="text-base font-semibold">
          Rows of the file
        </h2>
        {item.counts.error > 0 && <ErrorDownload item={item} />}
      </div>
      <FilterChoice choices={choices} chosen={filter} />
      <Rows key={`${item.status} ${filter}`} item={item} filter={filter} />
    </section>
  );
}

interface Choice {
  value: RowFilter;
  words: string;
  count: number;
}

function choicesOf({ rows, counts, left }: ContactImport): Choice[] {
  const kinds = ACTION_COUNTS.map(({ action, word, count }) => ({
    value: action,
    words: word,
    count: count(counts),
  }));
  return [
    { value: 'all' as const, words: 'All', count: rows },
    ...kinds,
    { value: 'left' as const, words: 'Not taken back', count: left },
  ].filter(({ value, count }) => value === 'all' || count > 0);
}

function FilterChoice({ choices, chosen }: { choices: readonly Choice[]; chosen: RowFilter }) {
  const [, setSearch] = useSearchParams();
  return (
    <div role="group" aria-label="Which rows" className="flex flex-wrap gap-1.5">
      {choices.map(({ value, words, count }) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => setSearch(value === 'all' ? {} : { show: value }, { replace: true })}
          className={cn(
            'flex h-8 target items-center gap-1.5 rounded-full border px-3 text-sm font-medium transition-colors',
            value === chosen
              ? 'border-primary bg-accent text-accent-foreground'
              : 'text-muted-foreground hover:bg-muted hover:text-foreground',
          )}
        >
          {words}
          <span className="tabular-nums">{count.toLocaleString()}</span>
        </button>
      ))}
    </div>
  );
}

function ErrorDownload({ item }: { item: ContactImport }) {
  const { busy, run } = useAction();
  return (
    <Button
      variant="outline"
      size="small"
      busy={busy}
      onClick={() => void run(() => saveErrorRows(item).catch(showFailure))}
    >
      {!busy && <Download aria-hidden />}
      Download the rows with errors
    </Button>
  );
}

function Rows({ item, filter }: { item: ContactImport; filter: RowFilter }) {
  const { rows, failure, complete, loading, more } = useRows(item.id, filter);
  const slow = useDelayed(rows.length === 0 && loading);
  if (failure && rows.length === 0) return <ErrorState failure={failure} onRetry={more} />;
  if (rows.length === 0) return slow ? <Skeleton className="h-40" /> : null;
  return (
    <>
      <ul role="list" className="divide-y rounded-lg border bg-card">
        {rows.map((row) => (
          <RowLine key={row.id} row={row} headers={item.headers} />
        ))}
      </ul>
      {!complete && (
        <Button variant="outline" className="justify-self-center" busy={loading} onClick={more}>
          Show more rows
        </Button>
      )}
    </>
  );
}

interface RowsState {
  rows: readonly ImportRow[];
  complete: boolean;
  failure: Failure | null;
}

function useRows(importId: string, filter: RowFilter) {
  const [state, setState] = useState<RowsState>({ rows: [], complete: false, failure: null });
  const [loading, setLoading] = useState(true);
  const loadAfter = useCallback(
    async (after: number) => {
      setLoading(true);
      try {
        const page = await fetchRows(importId, filter, PAGE, after);
        setState(({ rows }) => ({
          rows: [...rows.filter(({ number }) => number <= after), ...page],
          complete: page.length < PAGE,
          failure: null,
        }));
      } catch (error) {
        setState((known) => ({ ...known, failure: toFailure(error) }));
      } finally {
        setLoading(false);
      }
    },
    [importId, filter],
  );
  useEffect(() => void loadAfter(0), [loadAfter]);
  const more = () => void loadAfter(state.rows.at(-1)?.number ?? 0);
  return { ...state, loading, more };
}
