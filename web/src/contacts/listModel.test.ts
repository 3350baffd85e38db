import { describe, expect, it } from 'vitest';
import {
  countFilters,
  countWords,
  EVERYBODY,
  filterOf,
  readQuery,
  toggled,
  writeQuery,
  type ListQuery,
} from './listModel';

const ID = '5eed0000-0000-4000-8000-000000010001';
const QUERY: ListQuery = {
  words: 'rosa & co',
  types: ['lead', 'customer'],
  tagIds: [ID],
  organizationId: ID,
  has: 'phone',
  city: 'Denver',
  source: 'Yard sign',
  sort: 'name',
};

describe('the address of a list', () => {
  it('comes back as the same list', () => {
    expect(readQuery(new URLSearchParams(writeQuery(QUERY)))).toEqual(QUERY);
  });

  it('leaves out what is as usual', () => {
    expect(writeQuery(EVERYBODY)).toBe('');
    expect(writeQuery({ ...EVERYBODY, types: ['lead'] })).toBe('type=lead');
  });

  it('asks for nothing by what it does not know', () => {
    const damaged = new URLSearchParams('type=friend,lead&tag=7&organization=x&has=fax&sort=size');
    expect(readQuery(damaged)).toEqual({ ...EVERYBODY, types: ['lead'] });
  });
});

describe('filterOf', () => {
  it('names what is set only', () => {
    expect(filterOf(EVERYBODY)).toEqual({});
    expect(filterOf(QUERY)).toEqual({
      types: ['lead', 'customer'],
      tag_ids: [ID],
      organization_id: ID,
      has: 'phone',
      city: 'Denver',
      source: 'Yard sign',
    });
    expect(countFilters(QUERY)).toBe(6);
  });
});

describe('countWords', () => {
  it.each([
    [0, true, false, 'Nobody found'],
    [1, true, false, '1 contact'],
    [40, true, true, '40 contacts'],
    [50, false, false, 'More than 49 contacts'],
    [50, false, true, 'The 50 best matches'],
  ])('says of %j rows (all: %j, searching: %j): %s', (count, complete, searching, words) => {
    expect(countWords(count, complete, searching)).toBe(words);
  });
});

describe('toggled', () => {
  it('puts in and takes out', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
    expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
  });
});
