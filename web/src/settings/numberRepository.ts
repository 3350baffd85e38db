import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, flag, text, textOrNull } from '@/lib/decode';

/** One of the company's own numbers. */
export interface CompanyNumber {
  id: string;
  e164: string;
  label: string | null;
  /** Twilio itself answers STOP, START and HELP; then FieldLite does not answer a second time. */
  providerAnswersKeywords: boolean;
}

export type NumberChoices = Pick<CompanyNumber, 'label' | 'providerAnswersKeywords'>;

const COLUMNS = 'id, e164, label, provider_answers_keywords';

function decodeNumber(value: unknown): CompanyNumber {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    e164: text(row, 'e164'),
    label: textOrNull(row, 'label'),
    providerAnswersKeywords: flag(row, 'provider_answers_keywords'),
  };
}

export async function fetchNumbers(): Promise<CompanyNumber[]> {
  return asList(
    await answerOf(getClient().from('phone_numbers').select(COLUMNS).order('created_at')),
    decodeNumber,
  );
}

/** The same id again is success. Rejects with the code `23505` when the company has the number already. */
export async function addNumber(id: string, e164: string, label: string | null): Promise<void> {
  const row = { id, e164, label };
  await answerOf(getClient().from('phone_numbers').upsert(row, { onConflict: 'id', ignoreDuplicates: true }));
}

export async function changeNumber(
  id: string,
  { label, providerAnswersKeywords }: NumberChoices,
): Promise<void> {
  const change = { label, provider_answers_keywords: providerAnswersKeywords };
  await answerOf(getClient().from('phone_numbers').update(change).eq('id', id));
}
