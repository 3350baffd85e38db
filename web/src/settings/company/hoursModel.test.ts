import { describe, expect, it } from 'vitest';
import {
  copyHours,
  decodeHours,
  encodeHours,
  endFromField,
  hoursProblems,
  hoursWords,
  nextSpan,
  problemOf,
  toField,
  WORKDAYS,
} from './hoursModel';

const HOURS = decodeHours({ mon: [['08:00', '17:00']], sat: [['18:00', '24:00']], sun: [] });

describe('decodeHours and encodeHours', () => {
  it('keep what the database knows, and close the days that it does not name', () => {
    expect(HOURS.tue).toEqual([]);
    expect(encodeHours(HOURS)).toMatchObject({
      mon: [['08:00', '17:00']],
      sat: [['18:00', '24:00']],
      sun: [],
    });
  });

  it('save spans in the order of the day', () => {
    const mon = [
      { from: '13:00', to: '17:00' },
      { from: '08:00', to: '12:00' },
    ];
    expect(encodeHours({ ...HOURS, mon }).mon).toEqual([
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ]);
  });
});

describe('problemOf', () => {
  it('finds what the database would refuse', () => {
    expect(problemOf([])).toBeNull();
    expect(problemOf([{ from: '08:00', to: '' }])).toBe('Give both times.');
    expect(problemOf([{ from: '17:00', to: '08:00' }])).toBe('Closing comes after opening.');
    expect(problemOf([{ from: '08:00', to: '08:00' }])).toBe('Closing comes after opening.');
    const overlapping = [
      { from: '12:00', to: '17:00' },
      { from: '08:00', to: '12:30' },
    ];
    expect(problemOf(overlapping)).toBe('These hours overlap.');
  });

  it('lets one span follow another at once, and a day end at midnight', () => {
    const day = [
      { from: '08:00', to: '12:00' },
      { from: '12:00', to: '24:00' },
    ];
    expect(problemOf(day)).toBeNull();
    expect(hoursProblems({ ...HOURS, sun: day })).toEqual({});
  });
});

describe('copyHours', () => {
  it('changes the named days only', () => {
    const copied = copyHours(HOURS, 'mon', WORKDAYS);
    expect(copied.fri).toEqual(HOURS.mon);
    expect(copied.sat).toEqual(HOURS.sat);
  });
});

describe('nextSpan', () => {
  it('goes on after the last one, as long as there is a day', () => {
    expect(nextSpan([])).toEqual({ from: '08:00', to: '17:00' });
    expect(nextSpan([{ from: '08:00', to: '12:30' }])).toEqual({ from: '13:30', to: '17:30' });
    expect(nextSpan([{ from: '08:00', to: '21:00' }])).toEqual({ from: '22:00', to: '24:00' });
    expect(nextSpan([{ from: '08:00', to: '24:00' }])).toEqual({ from: '', to: '' });
  });
});

describe('a time field', () => {
  it('shows the end of the day as midnight', () => {
    expect(toField('24:00')).toBe('00:00');
    expect(endFromField('00:00')).toBe('24:00');
    expect(endFromField('17:00')).toBe('17:00');
  });
});

describe('hoursWords', () => {
  it('says what is open and what is closed', () => {
    expect(hoursWords({ mon: [['08:00', '17:00']], sun: [] })).toBe('Mon 08:00–17:00 · Sun closed');
    expect(hoursWords({ city: 'Denver' })).toBeNull();
  });
});
