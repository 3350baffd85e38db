import { describe, expect, it } from 'vitest';
import { asRole, endWords, isSameAddress, tokenIn } from './invitationModel';

const TOKEN = 'p8Yw-4Zt_k3JxQe7RmB1vNc6LsD0fHgTaUiOyKWzXqE';

describe('tokenIn', () => {
  it('reads the link', () => {
    expect(tokenIn(`#${TOKEN}`)).toBe(TOKEN);
  });

  it.each(['', '#', '#short', `#${TOKEN}<b>`])('finds nothing in %s', (hash) => {
    expect(tokenIn(hash)).toBeNull();
  });
});

describe('an invitation', () => {
  it('is for one address, however it is written', () => {
    expect(isSameAddress('Ana@Ridgeline.example', 'ana@ridgeline.example')).toBe(true);
    expect(isSameAddress('ana@ridgeline.example', 'bo@ridgeline.example')).toBe(false);
  });

  it('names the role in words', () => {
    expect([asRole('owner'), asRole('manager'), asRole('tech')]).toEqual([
      'an owner',
      'a manager',
      'a technician',
    ]);
  });

  it('says why it is over', () => {
    expect(endWords('open')).toBeNull();
    expect(endWords('expired')).toContain('expired');
  });
});
