import { describe, expect, it } from 'vitest';
import { linkWords, readMailedLink } from './mailedLinkModel';

describe('readMailedLink', () => {
  it('reads what stands behind the #', () => {
    expect(readMailedLink('#token_hash=abc&type=recovery')).toEqual({ tokenHash: 'abc', type: 'recovery' });
  });

  it.each(['', '#', '#type=recovery', '#token_hash='])('finds nothing in %s', (hash) => {
    expect(readMailedLink(hash)).toBeNull();
  });
});

describe('linkWords', () => {
  it('says what each link does, and where to get another', () => {
    expect(linkWords('recovery')).toMatchObject({ button: 'Go on', again: '/forgot-password' });
    expect(linkWords('signup').button).toBe('Confirm my e-mail');
    expect(linkWords('a kind of tomorrow').button).toBe('Confirm my e-mail');
  });
});
