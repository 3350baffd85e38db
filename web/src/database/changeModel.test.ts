import { describe, expect, it } from 'vitest';
import { DecodeError } from '@/lib/decode';
import { decodeChange } from './changeModel';

describe('decodeChange', () => {
  it('reads a change with its row', () => {
    const payload = { table: 'conversation_list', id: 'c', op: 'update', version: 4, row: { id: 'c' } };
    expect(decodeChange(payload)).toEqual({
      table: 'conversation_list',
      id: 'c',
      operation: 'update',
      version: 4,
      row: { id: 'c' },
    });
  });

  it('reads the last event of an epoch, which has no version', () => {
    expect(decodeChange({ op: 'rejoin', table: 'memberships', id: 'm' }).operation).toBe('rejoin');
  });

  it.each([
    null,
    'x',
    {},
    { op: 'drop', table: 't', id: 'i', version: 1 },
    { op: 'update', table: 't', version: 1 },
  ])('does not take %j for a change', (payload) => {
    expect(() => decodeChange(payload)).toThrow(DecodeError);
  });
});
