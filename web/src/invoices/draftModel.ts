import { parseMoney } from '@/lib/money';

/** An invoice as a person writes it: one line, one amount. */
export interface Draft {
  contactId: string;
  description: string;
  amountCents: number;
  dueOn: string | null;
  memo: string | null;
  allowsPartialPayment: boolean;
}

/** What stands in the form. */
export interface DraftForm {
  contactId: string | null;
  description: string;
  amount: string;
  dueOn: string;
  memo: string;
  allowsPartialPayment: boolean;
}

export type DraftProblems = Partial<Record<'contact' | 'description' | 'amount', string>>;

/** What the database holds in one line, in minor units. */
export const MOST_CENTS = 9_999_999_999;

export const EMPTY_FORM: DraftForm = {
  contactId: null,
  description: '',
  amount: '',
  dueOn: '',
  memo: '',
  allowsPartialPayment: true,
};

export function problemsOf(form: DraftForm, currency: string): DraftProblems {
  const amount = amountProblem(form.amount, currency);
  return {
    ...(form.contactId === null && { contact: 'Choose who this is for.' }),
    ...(form.description.trim() === '' && { description: 'Write what this is for.' }),
    ...(amount && { amount }),
  };
}

function amountProblem(typed: string, currency: string): string | null {
  const cents = parseMoney(typed, currency);
  if (typed.trim() === '') return 'Write an amount.';
  if (cents === null) return 'That is not an amount. Write it like 1,234.50.';
  if (cents === 0) return 'The amount must be more than zero.';
  return cents > MOST_CENTS ? 'That is more than an invoice can hold.' : null;
}

/** The draft of a form without problems. */
export function draftOf(form: DraftForm, currency: string): Draft | null {
  const amountCents = parseMoney(form.amount, currency);
  if (form.contactId === null || amountCents === null || Object.keys(problemsOf(form, currency)).length > 0) {
    return null;
  }
  return {
    contactId: form.contactId,
    description: form.description.trim(),
    amountCents,
    dueOn: form.dueOn === '' ? null : form.dueOn,
    memo: form.memo.trim() === '' ? null : form.memo.trim(),
    allowsPartialPayment: form.allowsPartialPayment,
  };
}
