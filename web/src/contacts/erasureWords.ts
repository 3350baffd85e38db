import type { Counts } from './erasureRepository';

/** One and several of what is counted. */
const WORDS: Readonly<Record<string, readonly [string, string]>> = {
  attachments: ['file', 'files'],
  consents: ['line of the consent record', 'lines of the consent record'],
  contact_emails: ['e-mail address', 'e-mail addresses'],
  contact_phones: ['phone number', 'phone numbers'],
  contact_tags: ['tag', 'tags'],
  contacts: ['contact', 'contacts'],
  conversations: ['conversation', 'conversations'],
  import_rows: ['line of an import', 'lines of imports'],
  invoices: ['invoice', 'invoices'],
  notes: ['note', 'notes'],
  payments: ['payment', 'payments'],
  properties: ['service address', 'service addresses'],
  sms_messages: ['text', 'texts'],
  tasks: ['task', 'tasks'],
  timeline_entries: ['line of the activity', 'lines of the activity'],
  webhook_events: ['message of a provider', 'messages of providers'],
};

/** `3 notes, 2 files and 1 task`; "nothing" when nothing is counted. */
export function countWords(counts: Counts): string {
  const parts = Object.entries(counts).map(([name, count]) => {
    const [one, several] = WORDS[name] ?? [name, name];
    return `${count} ${count === 1 ? one : several}`;
  });
  return parts.length === 0 ? 'nothing' : new Intl.ListFormat('en', { type: 'conjunction' }).format(parts);
}
