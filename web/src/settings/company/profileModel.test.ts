import { describe, expect, it } from 'vitest';
import {
  changedFields,
  decodeProfile,
  encodeProfile,
  isSound,
  problemsOf,
  rebase,
  websiteOf,
} from './profileModel';

const ROW = {
  version: 3,
  name: 'Ridgeline',
  country: 'US',
  phone: '+13035550100',
  email: null,
  website: null,
  address: { line1: '1 Main St', city: 'Denver' },
  timezone: 'America/Denver',
  locale: 'en-US',
  business_hours: { mon: [['08:00', '17:00']] },
};

const { form } = decodeProfile(ROW);

describe('decodeProfile and encodeProfile', () => {
  it('show a number as people write it, and keep it as E.164', () => {
    expect(form.phone).toBe('(303) 555-0100');
    expect(encodeProfile({ ...form, phone: '303.555.0142' }, 'US').phone).toBe('+13035550142');
  });

  it('keep an address without what is not known', () => {
    expect(encodeProfile(form, 'US').address).toEqual({
      line1: '1 Main St',
      line2: '',
      city: 'Denver',
      region: '',
      postal_code: '',
    });
  });

  it('empty what was emptied', () => {
    expect(encodeProfile({ ...form, phone: ' ' }, 'US').phone).toBe('');
  });
});

describe('websiteOf', () => {
  it('adds what people leave out', () => {
    expect(websiteOf(' ridgeline.example ')).toBe('https://ridgeline.example');
    expect(websiteOf('http://ridgeline.example')).toBe('http://ridgeline.example');
    expect(websiteOf(' ')).toBe('');
  });
});

describe('problemsOf', () => {
  it('names each field that cannot be saved', () => {
    const bad = { ...form, name: ' ', phone: '12', email: 'office', website: 'two words' };
    expect(Object.keys(problemsOf(bad, 'US'))).toEqual(['name', 'phone', 'email', 'website']);
    expect(problemsOf(form, 'US')).toEqual({});
  });

  it('counts the hours too when all is looked at', () => {
    expect(isSound(form, 'US')).toBe(true);
    const hours = { ...form.hours, tue: [{ from: '09:00', to: '' }] };
    expect(isSound({ ...form, hours }, 'US')).toBe(false);
  });
});

describe('rebase', () => {
  it('takes over what only they changed, and keeps what only I changed', () => {
    const mine = { ...form, city: 'Boulder' };
    const theirs = { ...form, email: 'office@ridgeline.example' };
    expect(rebase(form, mine, theirs)).toEqual({
      form: { ...form, city: 'Boulder', email: 'office@ridgeline.example' },
      conflicts: [],
    });
  });

  it('keeps mine where both changed, and says so', () => {
    const rebased = rebase(form, { ...form, name: 'Mine' }, { ...form, name: 'Theirs' });
    expect(rebased.form.name).toBe('Mine');
    expect(rebased.conflicts).toEqual(['name']);
  });

  it('sees no conflict where both came to the same', () => {
    expect(rebase(form, { ...form, name: 'Same ' }, { ...form, name: 'Same' }).conflicts).toEqual([]);
  });

  it('looks into the hours', () => {
    const mine = { ...form, hours: { ...form.hours, sun: [{ from: '08:00', to: '09:00' }] } };
    expect(changedFields(form, mine)).toEqual(['hours']);
  });
});
