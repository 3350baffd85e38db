import { expect, test } from 'vitest';
import { changesOf, decodeRow, reasonWords } from './importRowModel';

function row(fields: Record<string, unknown>) {
  return decodeRow({
    id: '1',
    number: 2,
    cells: ['Rosa'],
    action: 'update',
    reason: null,
    errors: [],
    changes: {},
    matched_name: null,
    matched_on: [],
    matched_row: null,
    contact_id: null,
    left_behind: null,
    ...fields,
  });
}

test('an update says what changes, in words of the screen', () => {
  const changes = {
    fields: { name: { from: 'Rosa', to: 'Rosa D' }, source: { from: null, to: 'Radio' } },
    custom: { '7f': { from: null, to: true } },
    phones: [
      { e164: '+13035550142', raw: '303 555 0142' },
      { e164: null, raw: 'ask her' },
    ],
    emails: ['rosa@example.com'],
    address: { line1: '12 Main St', city: 'Denver', country: 'US' },
    tags: ['VIP'],
    note: 'Has a dog',
  };
  expect(changesOf(row({ changes }), new Map([['7f', 'Contract']]), 'US')).toEqual([
    { field: 'Name', from: 'Rosa', to: 'Rosa D' },
    { field: 'Source', from: null, to: 'Radio' },
    { field: 'Contract', from: null, to: 'Yes' },
    { field: 'Phone', from: null, to: '(303) 555-0142' },
    { field: 'Phone', from: null, to: 'ask her' },
    { field: 'E-mail', from: null, to: 'rosa@example.com' },
    { field: 'Address', from: null, to: '12 Main St, Denver' },
    { field: 'Tag', from: null, to: 'VIP' },
    { field: 'Note', from: null, to: 'Has a dog' },
  ]);
});

test.each([
  [{ matched_name: 'Rosa', matched_on: ['phone', 'email'] }, 'Rosa has the same number and e-mail address.'],
  [{ matched_row: 4 }, 'Row 4 is the same person.'],
  [{ action: 'skip', reason: 'same_row', matched_row: 4 }, 'The same as row 4.'],
  [
    { action: 'skip', reason: 'unchanged', matched_name: 'Rosa', matched_on: ['name'] },
    'Rosa has the same name; nothing changes.',
  ],
  [{ action: 'skip', reason: 'already_imported' }, 'Was imported before; nothing changes.'],
  [{ action: 'create' }, null],
])('a row says why it is what it is: %o', (fields, words) => {
  expect(reasonWords(row(fields))).toBe(words);
});
