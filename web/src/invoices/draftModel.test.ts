import { describe, expect, it } from 'vitest';
import { draftOf, EMPTY_FORM, problemsOf, type DraftForm } from './draftModel';

const FORM: DraftForm = {
  contactId: 'c1',
  description: '  Faucet  ',
  amount: '1,234.50',
  dueOn: '',
  memo: ' ',
  allowsPartialPayment: true,
};

describe('draftOf', () => {
  it('is what the form says, in cents and without blanks', () => {
    expect(draftOf(FORM, 'USD')).toEqual({
      contactId: 'c1',
      description: 'Faucet',
      amountCents: 123_450,
      dueOn: null,
      memo: null,
      allowsPartialPayment: true,
    });
  });

  it('is none while something is missing', () => {
    expect(draftOf(EMPTY_FORM, 'USD')).toBeNull();
    expect(draftOf({ ...FORM, contactId: null }, 'USD')).toBeNull();
    expect(draftOf({ ...FORM, amount: '0' }, 'USD')).toBeNull();
  });
});

describe('problemsOf', () => {
  it('says everything that is missing at once', () => {
    expect(Object.keys(problemsOf(EMPTY_FORM, 'USD'))).toEqual(['contact', 'description', 'amount']);
  });

  it.each([
    ['', 'Write an amount.'],
    ['ten', 'That is not an amount. Write it like 1,234.50.'],
    ['-5', 'That is not an amount. Write it like 1,234.50.'],
    ['0.00', 'The amount must be more than zero.'],
    ['100,000,000', 'That is more than an invoice can hold.'],
  ])('says of %j: %s', (amount, words) => {
    expect(problemsOf({ ...FORM, amount }, 'USD')).toEqual({ amount: words });
  });
});
