import { expect, test } from 'vitest';
import { columnProblem, mappingProblem, targetGroups } from './targetModel';

test('two columns are not one field, except tags and notes', () => {
  const mapping = ['name', 'phone', 'phone', 'note', 'note', null];
  expect(mapping.map((_, column) => columnProblem(mapping, column) !== null)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
  ]);
  expect(mappingProblem(mapping)).toMatch(/same field/);
});

test('a file must say who its rows are', () => {
  expect(mappingProblem(['city', null])).toMatch(/which column is the name/);
  expect(mappingProblem(['city', 'email_2'])).toBeNull();
});

test("the company's own fields can be chosen while they are in use", () => {
  const field = { id: '7f', label: 'Boilers', kind: 'number', options: [], archivedAt: null } as const;
  const groups = targetGroups([
    { ...field, options: [] },
    { ...field, id: '8f', options: [], archivedAt: '2026-11-24T10:00:00Z' },
  ]);
  expect(groups.at(-1)?.targets).toEqual([{ value: 'custom:7f', label: 'Boilers' }]);
  expect(targetGroups([]).at(-1)?.label).toBe('More');
});
