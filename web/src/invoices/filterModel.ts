import type { Invoice, InvoiceState } from './invoiceModel';

export const FILTERS = ['all', 'drafts', 'open', 'overdue', 'paid'] as const;
export type Filter = (typeof FILTERS)[number];

export const FILTER_WORDS: Record<Filter, string> = {
  all: 'All',
  drafts: 'Drafts',
  open: 'Open',
  overdue: 'Overdue',
  paid: 'Paid',
};

/** The states of a filter, for the query and for live rows alike; null for any. */
export const FILTER_STATES: Record<Filter, readonly InvoiceState[] | null> = {
  all: null,
  drafts: ['draft'],
  // A refund opens the balance again.
  open: ['unpaid', 'partial', 'refunded'],
  overdue: null,
  paid: ['paid', 'overpaid'],
};

export function readFilter(value: string | null): Filter {
  return FILTERS.find((filter) => filter === value) ?? 'all';
}

/** Whether a list with this filter shows the invoice. */
export function isShown(invoice: Invoice, filter: Filter): boolean {
  const states = FILTER_STATES[filter];
  return (states === null || states.includes(invoice.state)) && (filter !== 'overdue' || invoice.isOverdue);
}
