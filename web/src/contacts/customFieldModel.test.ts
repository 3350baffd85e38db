import { describe, expect, it } from 'vitest';
import { parseValue, valueWords, type CustomField } from './customFieldModel';

const field = (kind: CustomField['kind']): CustomField => ({
  id: 'f',
  label: 'F',
  kind,
  options: [],
  archivedAt: null,
});

describe('parseValue', () => {
  it.each([
    ['text', ' twice a year ', 'twice a year'],
    ['number', '1,200.5', 1200.5],
    ['number', 'many', undefined],
    ['date', '2026-11-24', '2026-11-24'],
    ['boolean', 'false', false],
    ['choice', '', null],
  ] as const)('reads a %s from %j', (kind, typed, value) => {
    expect(parseValue(kind, typed)).toBe(value);
  });
});

describe('valueWords', () => {
  it('says it as people do', () => {
    expect(valueWords(field('boolean'), true, 'en-US')).toBe('Yes');
    expect(valueWords(field('number'), 1200.5, 'en-US')).toBe('1,200.5');
    expect(valueWords(field('date'), '2026-11-24', 'en-US')).toBe('Tue, Nov 24, 2026');
  });
});
