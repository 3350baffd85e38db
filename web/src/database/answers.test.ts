import { PostgrestError } from '@supabase/supabase-js';
import { describe, expect, it } from 'vitest';
import { failureOf } from './answers';

function error(code: string, message: string, details = ''): PostgrestError {
  return new PostgrestError({ code, message, details, hint: '' });
}

describe('failureOf', () => {
  it("shows the database's own words and keeps its code", () => {
    const refusal = failureOf(error('PT409', 'They replied STOP.', 'opted_out'), 409);
    expect(refusal).toMatchObject({ kind: 'refused', message: 'They replied STOP.', code: 'opted_out' });
  });

  it('says plainly that a role is not enough', () => {
    expect(failureOf(error('42501', 'new row violates row-level security policy'), 403)).toMatchObject({
      kind: 'refused',
      code: 'not_allowed',
      message: 'Your role does not allow that.',
    });
  });

  it('tells no signal from a fault of ours', () => {
    expect(failureOf(error('', 'TypeError: Failed to fetch'), 0).kind).toBe('offline');
    expect(failureOf(error('PGRST301', 'JWT expired'), 401).kind).toBe('signed-out');
    expect(failureOf(error('PT500', 'A stored secret is not where it was put.'), 500)).toMatchObject({
      kind: 'broken',
      reference: 'PT500',
    });
  });

  it('refers to the request, so that support finds it in the audit log', () => {
    const marked = Object.assign(error('XX000', 'internal'), { request_id: 'id-1' });
    expect(failureOf(marked, 500).reference).toBe('id-1');
    expect(failureOf(Object.assign(error('PT409', 'Too late.'), { request_id: 'id-2' }), 409).reference).toBe(
      'id-2',
    );
  });
});
