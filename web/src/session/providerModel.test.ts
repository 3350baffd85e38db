import { describe, expect, it } from 'vitest';
import { problemWords, providerName, providerUrl } from './providerModel';

describe('providers', () => {
  it('have the names that people know', () => {
    expect([providerName('azure'), providerName('google'), providerName('acme_id')]).toEqual([
      'Microsoft',
      'Google',
      'Acme id',
    ]);
  });

  it('are left through our own route, which knows where to come back to', () => {
    expect(providerUrl('google', '/inbox?x=1')).toBe('/api/v1/auth/oauth/google?next=%2Finbox%3Fx%3D1');
  });

  it('fail in words, whatever the code', () => {
    expect(problemWords('provider_refused')).toContain('called it off');
    expect(problemWords('something_new')).toContain('Try again');
  });
});
