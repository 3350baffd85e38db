import { describe, expect, it } from 'vitest';
import { dayAfter, EVERYTHING, readFilter, writeFilter } from './auditFilter';

const read = (search: string) => readFilter(new URLSearchParams(search));

describe('readFilter and writeFilter', () => {
  it('keep in the address what is asked for', () => {
    const row = '5eed0000-0000-4000-8000-0000000000c1';
    const search = `table=contacts&action=update&from=2026-11-01&row=${row}`;
    expect(writeFilter(read(search))).toBe(search);
    expect(writeFilter(EVERYTHING)).toBe('');
  });

  it('leave out what the database would refuse', () => {
    expect(read('person=me&table=no_such&action=truncate&from=2026-02-31&to=soon&row=1')).toEqual(EVERYTHING);
  });
});

describe('dayAfter', () => {
  it('knows the ends of months and years', () => {
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  });
});
