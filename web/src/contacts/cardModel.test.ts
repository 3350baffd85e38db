import { describe, expect, it } from 'vitest';
import { DecodeError } from '@/lib/decode';
import { addressLines, decodeCard, mapsLink } from './cardModel';
import { nameOf } from './contactModel';

const ROW = {
  id: 'c1',
  version: 3,
  type: 'customer',
  name: null,
  organization_name: 'Delgado Bakery',
  primary_phone: '+13035550101',
  primary_email: 'rosa@delgado.example',
  tag_ids: ['t1'],
  custom_values: { f1: 50, f2: null, f3: { odd: true } },
  phones: [
    {
      id: 'p1',
      e164: '+13035550101',
      raw: '303 555 0101',
      type: 'work',
      is_primary: true,
      consent: { marketing: 'granted' },
    },
    { id: 'p2', e164: null, raw: 'at the desk', type: 'other', is_primary: false, consent: null },
  ],
  emails: [{ id: 'e1', email: 'rosa@delgado.example', is_primary: true }],
  properties: [],
  tags: [{ id: 't1', name: 'Warranty', color: 'yellow' }],
  open_task_count: 1,
  created_at: '2026-11-24T08:00:00+00:00',
};

const ADDRESS = {
  line1: '1200 Larimer St',
  line2: null,
  city: 'Denver',
  region: 'CO',
  postalCode: '80204',
  country: 'US',
};

describe('decodeCard', () => {
  it('reads a row and refuses one that breaks its promise', () => {
    const card = decodeCard(ROW);
    expect(card.phones.map(({ e164, marketing }) => [e164, marketing])).toEqual([
      ['+13035550101', 'granted'],
      [null, null],
    ]);
    expect(card.customValues).toEqual({ f1: 50 });
    expect(() => decodeCard({ ...ROW, tags: [{ id: 't1', name: 'Warranty', color: 'pink' }] })).toThrow(
      DecodeError,
    );
  });

  it('calls whoever has no name by how they are reached', () => {
    const card = decodeCard(ROW);
    expect(nameOf(card, 'US')).toBe('(303) 555-0101');
    expect(nameOf({ ...card, primaryPhone: null }, 'US')).toBe('rosa@delgado.example');
    expect(nameOf({ ...card, primaryPhone: null, primaryEmail: null }, 'US')).toBe('Unnamed contact');
  });
});

describe('addressLines', () => {
  it('names the country only abroad, and leaves out what is not known', () => {
    expect(addressLines(ADDRESS, 'US')).toEqual(['1200 Larimer St', 'Denver, CO 80204']);
    expect(addressLines({ ...ADDRESS, line1: null, region: null, postalCode: null }, 'CA')).toEqual([
      'Denver',
      'United States',
    ]);
  });
});

describe('mapsLink', () => {
  it('asks for the whole address', () => {
    expect(mapsLink(ADDRESS)).toMatch(/query=1200%20Larimer%20St%2C%20Denver%2C%20CO%2C%2080204%2C%20US$/);
  });
});
