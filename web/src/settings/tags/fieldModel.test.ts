import { describe, expect, it } from 'vitest';
import { moved, readOptions } from './fieldModel';

describe('readOptions', () => {
  it('has one choice in each line, each once', () => {
    expect(readOptions(' Gas \n\nOil\nGas\n  ')).toEqual(['Gas', 'Oil']);
    expect(readOptions('\n')).toEqual([]);
  });
});

describe('moved', () => {
  it('changes places with the neighbour, and nothing at the ends', () => {
    expect(moved(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c']);
    expect(moved(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b']);
    expect(moved(['a', 'b'], 0, -1)).toEqual(['a', 'b']);
    expect(moved(['a', 'b'], 1, 1)).toEqual(['a', 'b']);
  });
});
