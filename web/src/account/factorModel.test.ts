import { describe, expect, it } from 'vitest';
import { codeDigits, groupedSecret } from './factorModel';

describe('groupedSecret', () => {
  it('is easy to type', () => {
    expect(groupedSecret('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
    expect(groupedSecret('ABCDEFGH')).toBe('ABCD EFGH');
  });
});

describe('codeDigits', () => {
  it.each(['123456', '123 456', ' 123-456 ', '1234567'])('reads %s', (typed) => {
    expect(codeDigits(typed)).toBe('123456');
  });
});
