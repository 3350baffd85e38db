import { describe, expect, it } from 'vitest';
import { decodeCard, type ContactCard } from './cardModel';
import { allChoices, consentWords, isDecided, mergeFields, movingWords } from './mergeModel';

const FIELD = { id: 'f1', label: 'Gallons', kind: 'number', options: [], archivedAt: null } as const;

function card(parts: Record<string, unknown>): ContactCard {
  return decodeCard({
    id: 'c1',
    version: 1,
    type: 'customer',
    name: 'Rosa Delgado',
    tag_ids: [],
    created_at: '2026-11-24T08:00:00+00:00',
    open_task_count: 0,
    ...parts,
  });
}

const phone = (e164: string, transactional: string | null, marketing: string | null = null) => ({
  id: e164,
  e164,
  raw: e164,
  type: 'mobile',
  is_primary: true,
  consent: { transactional, marketing },
});

describe('mergeFields', () => {
  const winner = card({ custom_values: { f1: 50 } });
  const loser = card({ name: 'R. Delgado', type: 'lead', source: 'Yard sign' });

  it('names what at least one of them has', () => {
    const fields = mergeFields(winner, loser, [{ ...FIELD, options: [] }], 'en-US');
    expect(fields.map(({ name }) => name)).toEqual(['name', 'type', 'source', 'custom:f1']);
    expect(fields.filter(isDecided).map(({ name }) => name)).toEqual(['source', 'custom:f1']);
  });

  it('keeps the value of the one that stays, or the only one, unless somebody chose', () => {
    const fields = mergeFields(winner, loser, [], 'en-US');
    expect(allChoices(fields, {})).toEqual({ name: 'winner', type: 'winner', source: 'loser' });
    expect(allChoices(fields, { type: 'loser' })).toMatchObject({ type: 'loser' });
  });
});

describe('consentWords', () => {
  const free = card({ phones: [phone('+13035550101', null)] });

  it('says that an opt-out at one number holds for all', () => {
    const stopped = card({ phones: [phone('+13035550102', 'revoked')] });
    expect(consentWords(free, stopped, 'US')).toContain('opted out of texts at (303) 555-0102');
    expect(consentWords(stopped, free, 'US')).toContain('(303) 555-0102');
  });

  it('says so of marketing too, and nothing where nothing gets stricter', () => {
    const unwilling = card({ phones: [phone('+13035550102', null, 'revoked')] });
    expect(consentWords(free, unwilling, 'US')).toContain('opted out of marketing at (303) 555-0102');
    expect(consentWords(unwilling, unwilling, 'US')).toBeNull();
    expect(consentWords(free, free, 'US')).toBeNull();
  });
});

describe('movingWords', () => {
  it('counts in words', () => {
    expect(movingWords({})).toBe('nothing');
    expect(movingWords({ notes: 1, phones: 2, tasks: 0 })).toBe('2 numbers and 1 note');
  });
});
