import {
  AlarmClock,
  Ban,
  CircleCheckBig,
  CircleDashed,
  CirclePlus,
  FilePen,
  Hourglass,
  PieChart,
  ShieldAlert,
  Undo2,
} from 'lucide-react';
import type { Badge } from '@/components/StatusBadge';
import type { Invoice, InvoiceState } from './invoiceModel';

const BADGES: Record<InvoiceState, Badge> = {
  draft: { icon: FilePen, word: 'Draft', tone: 'quiet' },
  unpaid: { icon: CircleDashed, word: 'Unpaid', tone: 'quiet' },
  partial: { icon: PieChart, word: 'Partly paid', tone: 'unsure' },
  paid: { icon: CircleCheckBig, word: 'Paid', tone: 'good' },
  overpaid: { icon: CirclePlus, word: 'Overpaid', tone: 'unsure' },
  refunded: { icon: Undo2, word: 'Refunded', tone: 'quiet' },
  void: { icon: Ban, word: 'Void', tone: 'quiet' },
  written_off: { icon: Ban, word: 'Written off', tone: 'quiet' },
};

const OVERDUE: Badge = { icon: AlarmClock, word: 'Overdue', tone: 'bad' };
const PROCESSING: Badge = { icon: Hourglass, word: 'Processing, not paid yet', tone: 'unsure' };
const DISPUTED: Badge = { icon: ShieldAlert, word: 'Disputed', tone: 'bad' };

/** The one badge of a row: what needs somebody first, then the state. */
export function badgeOf(invoice: Invoice): Badge {
  if (invoice.isDisputed) return DISPUTED;
  if (invoice.isProcessing) return PROCESSING;
  if (invoice.isOverdue) return OVERDUE;
  return BADGES[invoice.state];
}

/** All badges of the invoice's page, whose title names a draft: the state, and what hangs over it. */
export function badgesOf(invoice: Invoice): Badge[] {
  return [
    ...(invoice.state === 'draft' ? [] : [BADGES[invoice.state]]),
    ...(invoice.isOverdue ? [OVERDUE] : []),
    ...(invoice.isProcessing ? [PROCESSING] : []),
    ...(invoice.isDisputed ? [DISPUTED] : []),
  ];
}
