import { Bookmark, BookmarkPlus, Pencil, Users } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { Menu, MenuContent, MenuItem, MenuLabel, MenuSeparator, MenuTrigger } from '@/components/ui/Menu';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useCompany } from '@/session/companyStore';
import { writeQuery, type ListQuery } from './listModel';
import { SavedFilterDialog, type EditedFilter } from './SavedFilterDialog';
import { fetchSavedFilters, type SavedFilter } from './savedFilterRepository';

interface SavedFiltersProps {
  query: ListQuery;
  show: (query: ListQuery) => void;
}

/** Lists to come back to: the person's own, and those that colleagues share. */
export function SavedFilters({ query, show }: SavedFiltersProps) {
  const { userId } = useCompany();
  const { filters, load } = useSavedFilters();
  const [edited, setEdited] = useState<EditedFilter | null>(null);
  // The menu gives the focus back to its button first, so that the dialog can give it back there too.
  const asked = useRef<EditedFilter | null>(null);
  const openDialog = () => {
    if (asked.current) setEdited(asked.current);
    asked.current = null;
  };
  const search = writeQuery(query);
  const current = filters.find((filter) => writeQuery(filter.query) === search);
  return (
    <>
      <Menu>
        <MenuTrigger asChild>
          <Button variant="outline" className="max-w-44 max-sm:px-3">
            <Bookmark aria-hidden />
            <span className="truncate max-sm:sr-only">{current?.name ?? 'Saved'}</span>
          </Button>
        </MenuTrigger>
        <MenuContent align="end" className="w-64" onCloseAutoFocus={openDialog}>
          <MenuLabel className="text-muted-foreground">
            {filters.length === 0 ? 'Save a search with its filters to come back to it.' : 'Saved filters'}
          </MenuLabel>
          {filters.map((filter) => (
            <FilterItem key={filter.id} filter={filter} mine={filter.userId === userId} onSelect={show} />
          ))}
          <MenuSeparator />
          {current && (
            <MenuItem onSelect={() => (asked.current = { saved: current })}>
              <Pencil aria-hidden />
              Change “{current.name}”
            </MenuItem>
          )}
          <MenuItem
            disabled={search === '' || current !== undefined}
            onSelect={() => (asked.current = { query })}
          >
            <BookmarkPlus aria-hidden />
            Save these filters
          </MenuItem>
        </MenuContent>
      </Menu>
      {edited && <SavedFilterDialog edited={edited} reload={load} onClose={() => setEdited(null)} />}
    </>
  );
}

interface FilterItemProps {
  filter: SavedFilter;
  mine: boolean;
  onSelect: (query: ListQuery) => void;
}

function FilterItem({ filter, mine, onSelect }: FilterItemProps) {
  return (
    <MenuItem onSelect={() => onSelect(filter.query)}>
      <span className="min-w-0 flex-1 truncate">{filter.name}</span>
      {filter.isShared && (
        <span title={mine ? 'Shared with your company' : 'Shared by a colleague'}>
          <Users aria-hidden />
          <span className="sr-only">{mine ? 'shared with your company' : 'shared by a colleague'}</span>
        </span>
      )}
    </MenuItem>
  );
}

function useSavedFilters() {
  const [filters, setFilters] = useState<SavedFilter[]>([]);
  const load = useCallback(async () => {
    try {
      setFilters(await fetchSavedFilters());
    } catch (error) {
      // The list works without them, and the next look tries again.
      console.warn('could not load saved filters', error);
    }
  }, []);
  useLiveQuery(load, 'saved_filters');
  return { filters, load };
}
