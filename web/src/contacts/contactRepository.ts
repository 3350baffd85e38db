import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text } from '@/lib/decode';
import { decodeContactRow, type ContactRow } from './contactModel';
import { filterOf, isSearching, type ListQuery } from './listModel';

/** Where a page of the list ended, for asking for the next one. */
export interface Cursor {
  key: string;
  id: string;
}

export interface ContactPage {
  rows: ContactRow[];
  /** The end of these rows; null when there are none. */
  end: Cursor | null;
  complete: boolean;
}

/** `list_contacts` answers with no more at once. */
export const MOST_AT_ONCE = 200;

/** One page of the list: `limit` rows below `after`. A search has one page only, the best matches first. */
export async function fetchContacts(
  query: ListQuery,
  limit: number,
  after: Cursor | null,
): Promise<ContactPage> {
  const found = await answerOf(
    getClient().rpc('list_contacts', {
      p_filter: filterOf(query),
      p_sort: query.sort,
      p_limit: limit,
      ...(isSearching(query) && { p_query: query.words.trim() }),
      ...(after && { p_after: { ...after } }),
    }),
  );
  const keyed = asList(found, (value) => ({
    row: decodeContactRow(value),
    key: text(asFields(value), 'key'),
  }));
  const last = keyed.at(-1);
  return {
    rows: keyed.map(({ row }) => row),
    end: last ? { key: last.key, id: last.row.id } : null,
    complete: keyed.length < limit,
  };
}

/** The first `count` rows of the list, however many pages that takes. */
export async function fetchFirst(query: ListQuery, count: number): Promise<ContactPage> {
  let page = await fetchContacts(query, Math.min(count, MOST_AT_ONCE), null);
  while (!page.complete && page.rows.length < count && !isSearching(query)) {
    const next = await fetchContacts(query, Math.min(count - page.rows.length, MOST_AT_ONCE), page.end);
    page = { ...next, rows: [...page.rows, ...next.rows], end: next.end ?? page.end };
  }
  return page;
}

/** The contact that an id leads to today: itself, or the one that it was merged into. Null when there is none. */
export async function resolveContact(id: string): Promise<string | null> {
  const found = await answerOf(getClient().rpc('resolve_contact', { p_id: id }));
  return typeof found === 'string' ? found : null;
}
