import type { ConsentChannel, ConsentLine, ConsentPurpose, ConsentSource } from './consentRepository';

const WAYS: Record<ConsentChannel, string> = {
  sms: 'texts',
  voice: 'calls',
  email: 'e-mails',
  whatsapp: 'WhatsApp messages',
};

/** What a line of the ledger is about: `marketing texts`. */
function subjectWords({ channel, purpose }: Pick<ConsentLine, 'channel' | 'purpose'>): string {
  if (purpose === 'recording') return 'recording of calls';
  return purpose === 'marketing' ? `marketing ${WAYS[channel]}` : WAYS[channel];
}

/** `Agreed to marketing texts`. */
export function lineWords(line: Pick<ConsentLine, 'channel' | 'purpose' | 'status'>): string {
  return `${line.status === 'granted' ? 'Agreed to' : 'Opted out of'} ${subjectWords(line)}`;
}

const SOURCES: Record<ConsentSource, string> = {
  keyword: 'by text (STOP or START)',
  provider: 'through the carrier',
  person: 'written down by your company',
  form: 'in a form',
  import: 'with an import',
  merge: 'when contacts were merged',
  undo: 'when a merge was undone',
  erasure: 'when a person was erased',
};

export const sourceWords = (source: ConsentSource): string => SOURCES[source];

export const PURPOSE_WORDS: Record<ConsentPurpose, string> = {
  transactional: 'About their jobs and invoices',
  marketing: 'Marketing',
  recording: 'Recording of calls',
};

/** The purposes that a channel can be used for. */
export function purposesOf(channel: ConsentChannel): ConsentPurpose[] {
  return channel === 'voice' ? ['transactional', 'marketing', 'recording'] : ['transactional', 'marketing'];
}
