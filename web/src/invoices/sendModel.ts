import { measure, type Measure } from '@/inbox/composerModel';
import { formatMoney } from '@/lib/money';
import { customerOf, type Invoice } from './invoiceModel';

/** Stands for the link while it does not exist yet: links are all of one length. */
const LINK_LENGTH = '/i/'.length + 43;

/** The words that a text with an invoice begins with; the link follows them. */
export function firstWords(invoice: Invoice, company: string, locale: string): string {
  const name = invoice.contactName === null ? '' : ` ${customerOf(invoice).split(/\s+/)[0] ?? ''}`;
  const amount = formatMoney(invoice.balanceCents, invoice.currency, locale);
  const what =
    invoice.balanceCents > 0
      ? `here is invoice ${invoice.number ?? ''} from ${company} for ${amount}. See it and pay here:`
      : `here is your paid invoice ${invoice.number ?? ''} from ${company}:`;
  return `Hi${name}, ${what}`;
}

export function textOf(words: string, link: string): string {
  return `${words.trim()}\n${link}`;
}

/** How long the text becomes with its link. */
export function measureWithLink(words: string, origin: string): Measure {
  return measure(textOf(words, origin + 'x'.repeat(LINK_LENGTH)));
}
