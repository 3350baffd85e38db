import { describe, expect, it } from 'vitest';
import type { Invoice } from './invoiceModel';
import { firstWords, measureWithLink, textOf } from './sendModel';

const INVOICE = { number: 7, contactName: 'Rosa Delgado', currency: 'USD', balanceCents: 48_000 } as Invoice;

describe('the text with an invoice', () => {
  it('calls the customer by the first name, and says what is left to pay', () => {
    expect(firstWords(INVOICE, 'Ridgeline', 'en-US')).toBe(
      'Hi Rosa, here is invoice 7 from Ridgeline for $480.00. See it and pay here:',
    );
  });

  it('asks nothing of somebody who paid, and does without a name', () => {
    expect(firstWords({ ...INVOICE, contactName: null, balanceCents: 0 }, 'Ridgeline', 'en-US')).toBe(
      'Hi, here is your paid invoice 7 from Ridgeline:',
    );
  });

  it('ends with the link, which counts', () => {
    expect(textOf('Here it is: ', 'https://x.example/i/abc')).toBe('Here it is:\nhttps://x.example/i/abc');
    expect(measureWithLink('a'.repeat(1_550), 'https://x.example').tooLong).toBe(true);
    expect(measureWithLink('a'.repeat(1_500), 'https://x.example').tooLong).toBe(false);
  });
});
