import { useEffect, useState } from 'react';
import { toFailure, type Failure } from '@/lib/failure';
import { searchContacts, type ContactChoice } from './contactSearch';

interface ContactSearch {
  /** What was typed when these were found; null before the first answer. */
  typed: string | null;
  choices: readonly ContactChoice[];
  failure: Failure | null;
}

/** So long after the last key the database is asked. */
const PAUSE = 150;

/** The contacts for what is typed, while the picker is open; an answer that was overtaken is dropped. */
export function useContactSearch(typed: string, open: boolean): ContactSearch {
  const [search, setSearch] = useState<ContactSearch>({ typed: null, choices: [], failure: null });
  useEffect(() => {
    if (!open) return;
    let current = true;
    const timer = setTimeout(() => {
      searchContacts(typed).then(
        (choices) => current && setSearch({ typed, choices, failure: null }),
        (error: unknown) => current && setSearch({ typed, choices: [], failure: toFailure(error) }),
      );
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [typed, open]);
  return search;
}
