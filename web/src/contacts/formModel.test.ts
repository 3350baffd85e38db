import { describe, expect, it } from 'vitest';
import type { CustomField } from './customFieldModel';
import {
  customValuesOf,
  emptyForm,
  hasProblems,
  isBlankProperty,
  linesOf,
  phoneWarning,
  problemsOf,
  rebase,
  type ContactForm,
} from './formModel';

let made = 0;
const makeId = () => `id${(made += 1)}`;
const blank = emptyForm(makeId);

const form = (parts: Partial<ContactForm>): ContactForm => ({ ...blank, ...parts });
const phone = (typed: string) => ({ id: typed, typed, extension: '', type: 'mobile' as const, label: '' });
const email = (typed: string) => ({ id: typed, typed, label: '' });
const field = (id: string, kind: CustomField['kind'], archivedAt: string | null = null): CustomField => ({
  id,
  label: id,
  kind,
  options: [],
  archivedAt,
});

describe('linesOf', () => {
  it('reads numbers as those of the company, the first as the main one, and keeps what is none', () => {
    const { phones } = linesOf(
      form({ phones: [phone(' (303) 555-0101 '), phone(''), phone('at the desk')] }),
      'US',
    );
    expect(phones.map(({ e164, raw, is_primary }) => [e164, raw, is_primary])).toEqual([
      ['+13035550101', '(303) 555-0101', true],
      [null, 'at the desk', false],
    ]);
  });

  it('leaves out addresses with nothing in them', () => {
    expect(linesOf(form({ emails: [email(' '), email('a@b.example')] }), 'US').emails).toEqual([
      { id: 'a@b.example', email: 'a@b.example', label: null, is_primary: true },
    ]);
  });
});

describe('phoneWarning', () => {
  it('warns of what is no number, and of nothing else', () => {
    expect(phoneWarning(phone('at the desk'), 'US')).toContain('not a phone number');
    expect(phoneWarning(phone('303-555-0101'), 'US')).toBeNull();
    expect(phoneWarning(phone(' '), 'US')).toBeNull();
  });
});

describe('problemsOf', () => {
  it('asks for something by which the person is known', () => {
    expect(problemsOf(blank, []).name).toBe('Write a name, a number or an e-mail address.');
    expect(hasProblems(problemsOf(form({ phones: [phone('303-555-0101')] }), []))).toBe(false);
  });

  it('finds half an address and a word where a number belongs', () => {
    const typed = form({ name: 'Rosa', emails: [email('rosa@delgado')], custom: { gallons: 'fifty' } });
    const problems = problemsOf(typed, [field('gallons', 'number')]);
    expect(Object.keys(problems.emails)).toEqual(['rosa@delgado']);
    expect(Object.keys(problems.custom)).toEqual(['gallons']);
  });
});

describe('customValuesOf', () => {
  it('takes away what was emptied and does not touch archived fields', () => {
    const custom = { gallons: '1,200', since: '', active: 'false', old: 'kept' };
    const fields = [field('gallons', 'number'), field('since', 'date'), field('active', 'boolean')];
    expect(customValuesOf(form({ custom }), [...fields, field('old', 'text', '2026-01-01')])).toEqual({
      gallons: 1200,
      since: null,
      active: false,
    });
  });
});

describe('rebase', () => {
  it('keeps what was typed here and takes over the rest', () => {
    const base = form({ name: 'Rosa', source: 'Referral', tagIds: ['a'] });
    const typed = { ...base, name: 'Rosa Delgado' };
    const latest = { ...base, name: 'R. Delgado', source: 'Yard sign', tagIds: ['b'] };
    expect(rebase(typed, base, latest)).toEqual({ ...latest, name: 'Rosa Delgado' });
  });
});

describe('isBlankProperty', () => {
  it('does not count the id', () => {
    expect(isBlankProperty(blank.property)).toBe(true);
    expect(isBlankProperty({ ...blank.property, city: 'Denver' })).toBe(false);
  });
});
