import { describe, expect, it } from 'vitest';
import { DecodeError } from '@/lib/decode';
import { FILTERS, isShown, readFilter } from './filterModel';
import { badgeOf, badgesOf } from './invoiceBadge';
import { byCreation, customerOf, decodeInvoice, isVoidable, titleOf, type Invoice } from './invoiceModel';

const ROW = {
  id: 'i1',
  tenant_id: 't',
  version: 2,
  number: 7,
  status: 'issued',
  contact_id: 'c1',
  contact_name: 'Rosa Delgado',
  contact_number: '+13035550101',
  currency: 'USD',
  total_cents: 48_000,
  paid_cents: 0,
  balance_cents: 48_000,
  credit_cents: 0,
  state: 'unpaid',
  is_overdue: false,
  is_processing: false,
  is_disputed: false,
  due_on: '2026-12-08',
  issued_on: '2026-11-24',
  viewed_at: null,
  allows_partial_payment: true,
  memo: null,
  created_at: '2026-11-24T08:00:00+00:00',
};

const invoice = (parts: Partial<Invoice> = {}): Invoice => ({ ...decodeInvoice(ROW), ...parts });

describe('decodeInvoice', () => {
  it('reads a row and refuses one that breaks its promise', () => {
    expect(decodeInvoice(ROW)).toMatchObject({ number: 7, balanceCents: 48_000, dueOn: '2026-12-08' });
    expect(() => decodeInvoice({ ...ROW, state: 'forgotten' })).toThrow(DecodeError);
    expect(() => decodeInvoice({ ...ROW, total_cents: 480.5 })).toThrow(DecodeError);
  });

  it('names a draft, which has no number', () => {
    expect(titleOf(invoice())).toBe('Invoice 7');
    expect(titleOf(invoice({ number: null }))).toBe('Draft invoice');
  });
});

describe('byCreation', () => {
  it('puts the newest first, and breaks a tie as the database does', () => {
    const older = invoice({ id: 'z', createdAt: '2026-11-23T08:00:00+00:00' });
    const rows = [older, invoice({ id: 'a' }), invoice({ id: 'b' })].sort(byCreation);
    expect(rows.map(({ id }) => id)).toEqual(['b', 'a', 'z']);
  });
});

describe('isShown', () => {
  const listsOf = (parts: Partial<Invoice>) => FILTERS.filter((filter) => isShown(invoice(parts), filter));

  it.each([
    [{ state: 'draft' }, ['all', 'drafts']],
    [{ state: 'unpaid' }, ['all', 'open']],
    [{ state: 'partial', isOverdue: true }, ['all', 'open', 'overdue']],
    [{ state: 'refunded', isOverdue: true }, ['all', 'open', 'overdue']],
    [{ state: 'paid' }, ['all', 'paid']],
    [{ state: 'overpaid' }, ['all', 'paid']],
    [{ state: 'void' }, ['all']],
  ] as [Partial<Invoice>, string[]][])('lists %j in %j', (parts, lists) => {
    expect(listsOf(parts)).toEqual(lists);
  });

  it('reads the address, and shows all for what it does not know', () => {
    expect(readFilter('overdue')).toBe('overdue');
    expect(readFilter('lost')).toBe('all');
    expect(readFilter(null)).toBe('all');
  });
});

describe('badgeOf', () => {
  it('says what needs somebody before it says the state', () => {
    expect(badgeOf(invoice()).word).toBe('Unpaid');
    expect(badgeOf(invoice({ isOverdue: true })).word).toBe('Overdue');
    expect(badgeOf(invoice({ isProcessing: true, isOverdue: true })).word).toBe('Processing, not paid yet');
    expect(badgeOf(invoice({ state: 'paid', isDisputed: true })).word).toBe('Disputed');
  });

  it('never calls money on its way paid', () => {
    const words = badgesOf(invoice({ isProcessing: true })).map(({ word }) => word);
    expect(words).toEqual(['Unpaid', 'Processing, not paid yet']);
  });
});

describe('isVoidable', () => {
  it('is so only without money on it or on its way', () => {
    expect(isVoidable(invoice())).toBe(true);
    expect(isVoidable(invoice({ state: 'refunded' }))).toBe(true);
    expect(isVoidable(invoice({ state: 'partial', paidCents: 1 }))).toBe(false);
    expect(isVoidable(invoice({ isProcessing: true }))).toBe(false);
    expect(isVoidable(invoice({ state: 'draft' }))).toBe(false);
    expect(isVoidable(invoice({ state: 'void' }))).toBe(false);
  });
});

describe('customerOf', () => {
  it('is the name, else the number, and says so when there is neither', () => {
    expect(customerOf(invoice())).toBe('Rosa Delgado');
    expect(customerOf(invoice({ contactName: null }))).toBe('+1 303 555 0101');
    expect(customerOf(invoice({ contactName: null, contactNumber: null }))).toBe('Unnamed contact');
  });
});
