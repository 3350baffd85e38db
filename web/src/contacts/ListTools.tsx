import { SlidersHorizontal } from 'lucide-react';
import { useCallback, useState, type RefObject } from 'react';
import { Button } from '@/components/ui/Button';
import { useContacts } from './contactStore';
import { FilterChips } from './FilterChips';
import { FilterSheet } from './FilterSheet';
import { countFilters, countWords, isSearching, ORDER_WORDS, type ListQuery } from './listModel';
import { SavedFilters } from './SavedFilters';
import { SearchBox } from './SearchBox';

interface ListToolsProps {
  query: ListQuery;
  show: (query: ListQuery, replace?: boolean) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

/** Search, filters and what they found, above the list. */
export function ListTools({ query, show, searchRef }: ListToolsProps) {
  const [showsFilters, setShowsFilters] = useState(false);
  const search = useCallback((words: string) => show({ ...query, words }, true), [query, show]);
  const filters = countFilters(query);
  return (
    <div className="grid shrink-0 grid-cols-[minmax(0,1fr)] gap-1.5 border-b bg-card px-4 py-2.5 md:px-8">
      <div className="flex items-center gap-2">
        <SearchBox inputRef={searchRef} words={query.words} onSearch={search} onLeave={focusFirstRow} />
        <Button variant="outline" className="max-sm:px-3" onClick={() => setShowsFilters(true)}>
          <SlidersHorizontal aria-hidden />
          <span className="max-sm:sr-only">Filters</span>
          {filters > 0 && <span className="tabular-nums">{filters}</span>}
        </Button>
        <SavedFilters query={query} show={show} />
      </div>
      <div className="flex flex-wrap items-center gap-x-4">
        <FilterChips query={query} onChange={show} />
        <Found query={query} />
      </div>
      {showsFilters && <FilterSheet query={query} onChange={show} onClose={() => setShowsFilters(false)} />}
    </div>
  );
}

function Found({ query }: { query: ListQuery }) {
  const { rows, status, complete } = useContacts();
  const searching = isSearching(query);
  const known = status === 'ready' && (rows.length > 0 || searching);
  return (
    <p role="status" className="ml-auto text-xs text-muted-foreground tabular-nums">
      {known && countWords(rows.length, complete, searching)}
      {known && rows.length > 0 && !searching && ` ${ORDER_WORDS[query.sort]}`}
    </p>
  );
}

function focusFirstRow(): void {
  document.querySelector<HTMLElement>('[data-contact]')?.focus();
}
