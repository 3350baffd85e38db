import { CONTACT_TYPES, type ContactType } from './contactModel';

export const SORTS = ['recent', 'name', 'created'] as const;
export type Sort = (typeof SORTS)[number];

export const SORT_WORDS: Record<Sort, string> = {
  recent: 'Last activity',
  name: 'Name',
  created: 'Newest first',
};

/** The order in a sentence: `40 contacts by last activity`. */
export const ORDER_WORDS: Record<Sort, string> = {
  recent: 'by last activity',
  name: 'by name',
  created: 'newest first',
};

export const REACHES = ['phone', 'email'] as const;
/** How somebody can be reached at all. */
export type Reach = (typeof REACHES)[number];

export const REACH_WORDS: Record<Reach, string> = {
  phone: 'Has a phone number',
  email: 'Has an e-mail address',
};

/** Which contacts are listed, and how. Empty texts and lists ask for nothing. */
export interface ListQuery {
  /** What was typed into the search box. */
  words: string;
  types: readonly ContactType[];
  /** Contacts that have each of these. */
  tagIds: readonly string[];
  organizationId: string;
  has: Reach | '';
  city: string;
  source: string;
  sort: Sort;
}

export const EVERYBODY: ListQuery = {
  words: '',
  types: [],
  tagIds: [],
  organizationId: '',
  has: '',
  city: '',
  source: '',
  sort: 'recent',
};

/** What the address holds, so that it can be shared and going back restores it. Unknown values ask for nothing. */
export function readQuery(search: URLSearchParams): ListQuery {
  const list = (name: string) => (search.get(name) ?? '').split(',').filter((item) => item !== '');
  const types = list('type');
  return {
    words: search.get('q') ?? '',
    types: CONTACT_TYPES.filter((type) => types.includes(type)),
    tagIds: list('tag').filter(isId),
    organizationId: list('organization').find(isId) ?? '',
    has: REACHES.find((reach) => reach === search.get('has')) ?? '',
    city: search.get('city') ?? '',
    source: search.get('source') ?? '',
    sort: SORTS.find((sort) => sort === search.get('sort')) ?? EVERYBODY.sort,
  };
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** The database would refuse the whole question for a damaged id. */
const isId = (value: string) => ID.test(value);

/** The address's part for a query; what is as usual is left out. */
export function writeQuery(query: ListQuery): string {
  const parts: [string, string][] = [
    ['q', query.words],
    ['type', query.types.join(',')],
    ['tag', query.tagIds.join(',')],
    ['organization', query.organizationId],
    ['has', query.has],
    ['city', query.city],
    ['source', query.source],
    ['sort', query.sort === EVERYBODY.sort ? '' : query.sort],
  ];
  return new URLSearchParams(parts.filter(([, value]) => value !== '')).toString();
}

/** The filter in the shape that the database reads. */
export function filterOf(query: ListQuery): Record<string, string | string[]> {
  return {
    ...(query.types.length > 0 && { types: [...query.types] }),
    ...(query.tagIds.length > 0 && { tag_ids: [...query.tagIds] }),
    ...(query.organizationId !== '' && { organization_id: query.organizationId }),
    ...(query.has !== '' && { has: query.has }),
    ...(query.city !== '' && { city: query.city }),
    ...(query.source !== '' && { source: query.source }),
  };
}

/** How many filters are set; the search and the order are none. */
export function countFilters(query: ListQuery): number {
  return Object.keys(filterOf(query)).length;
}

export const isSearching = (query: ListQuery): boolean => query.words.trim() !== '';

/** What the list found, for people: exact once everything is loaded. */
export function countWords(count: number, complete: boolean, searching: boolean): string {
  if (!complete) return searching ? `The ${count} best matches` : `More than ${count - 1} contacts`;
  if (count === 1) return '1 contact';
  return count === 0 ? 'Nobody found' : `${count} contacts`;
}

/** Puts a value into a list, or takes it out. */
export function toggled<T>(values: readonly T[], value: T): T[] {
  return values.includes(value) ? values.filter((each) => each !== value) : [...values, value];
}
