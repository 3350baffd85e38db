import { dayWords } from '@/lib/calendarDay';
import { useNow } from '@/lib/useNow';
import { usePlace } from '@/session/companyStore';
import type { Invoice } from './invoiceModel';

/** The day until which something is owed; nothing where nothing is. */
export function DueLabel({ invoice, withWord = false }: { invoice: Invoice; withWord?: boolean }) {
  const place = usePlace();
  const now = useNow();
  if (invoice.dueOn === null || (invoice.balanceCents === 0 && invoice.state !== 'draft')) return null;
  const words = dayWords(invoice.dueOn, now, place);
  return <time dateTime={invoice.dueOn}>{withWord ? `Due ${inSentence(words)}` : words}</time>;
}

/** `Today` is written small after another word; a weekday is not. */
function inSentence(day: string): string {
  return day.includes(',') ? day : day.toLowerCase();
}
