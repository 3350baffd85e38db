import type { Order } from '@/database/liveWindow';
import { asFields, flag, oneOf, text, textOrNull, whole, wholeOrNull } from '@/lib/decode';
import { internationalNumber } from '@/lib/phone';
import { compareInstants } from '@/lib/when';

/** What the payments make of an invoice; computed by the database. */
export const STATES = [
  'draft',
  'unpaid',
  'partial',
  'paid',
  'overpaid',
  'refunded',
  'void',
  'written_off',
] as const;
export type InvoiceState = (typeof STATES)[number];

/** An invoice as the list shows it. Amounts are minor units of its currency. */
export interface Invoice {
  id: string;
  version: number;
  /** Null while it is a draft. */
  number: number | null;
  contactId: string;
  contactName: string | null;
  /** E.164; names the contact until somebody says who it is. */
  contactNumber: string | null;
  currency: string;
  totalCents: number;
  paidCents: number;
  balanceCents: number;
  /** Paid beyond the total. */
  creditCents: number;
  state: InvoiceState;
  isOverdue: boolean;
  /** Money is on its way (a bank debit takes days), and may still not arrive. */
  isProcessing: boolean;
  isDisputed: boolean;
  /** A calendar day, `2026-11-24`. */
  dueOn: string | null;
  issuedOn: string | null;
  viewedAt: string | null;
  allowsPartialPayment: boolean;
  memo: string | null;
  createdAt: string;
}

export function decodeInvoice(value: unknown): Invoice {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    number: wholeOrNull(row, 'number'),
    contactId: text(row, 'contact_id'),
    contactName: textOrNull(row, 'contact_name'),
    contactNumber: textOrNull(row, 'contact_number'),
    currency: text(row, 'currency'),
    totalCents: whole(row, 'total_cents'),
    paidCents: whole(row, 'paid_cents'),
    balanceCents: whole(row, 'balance_cents'),
    creditCents: whole(row, 'credit_cents'),
    state: oneOf(row, 'state', STATES),
    isOverdue: flag(row, 'is_overdue'),
    isProcessing: flag(row, 'is_processing'),
    isDisputed: flag(row, 'is_disputed'),
    dueOn: textOrNull(row, 'due_on'),
    issuedOn: textOrNull(row, 'issued_on'),
    viewedAt: textOrNull(row, 'viewed_at'),
    allowsPartialPayment: flag(row, 'allows_partial_payment'),
    memo: textOrNull(row, 'memo'),
    createdAt: text(row, 'created_at'),
  };
}

/** Newest first, as `(created_at, id)` descending. */
export const byCreation: Order<Invoice> = (one, other) =>
  compareInstants(other.createdAt, one.createdAt) || (other.id < one.id ? -1 : other.id > one.id ? 1 : 0);

export function titleOf({ number }: Pick<Invoice, 'number'>): string {
  return number === null ? 'Draft invoice' : `Invoice ${number}`;
}

export function customerOf({
  contactName,
  contactNumber,
}: Pick<Invoice, 'contactName' | 'contactNumber'>): string {
  return contactName ?? (contactNumber === null ? 'Unnamed contact' : internationalNumber(contactNumber));
}

/** Issued, and not ended without money: it can be sent and paid. */
export function isOpenToCustomers({ state }: Invoice): boolean {
  return state !== 'draft' && state !== 'void' && state !== 'written_off';
}

/** The database refuses to void an invoice that money is on or on its way to. */
export function isVoidable(invoice: Invoice): boolean {
  return isOpenToCustomers(invoice) && invoice.paidCents + invoice.creditCents === 0 && !invoice.isProcessing;
}
