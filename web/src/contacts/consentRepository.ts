import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { Constants } from '@/database/types';
import { asFields, asList, oneOf, text, textOrNull, whole } from '@/lib/decode';
import type { ConsentStatus } from './cardModel';

const { consent_channel, consent_purpose, consent_source, consent_status } = Constants.public.Enums;
export type ConsentChannel = (typeof consent_channel)[number];
export type ConsentPurpose = (typeof consent_purpose)[number];
export type ConsentSource = (typeof consent_source)[number];

/** A line of the ledger: what somebody agreed to, or took back. The newest line holds. */
export interface ConsentLine {
  id: string;
  line: number;
  /** E.164, or an e-mail address in lower case. */
  address: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  status: ConsentStatus;
  source: ConsentSource;
  /** The wording that was agreed to. */
  textVersion: string | null;
  note: string | null;
  createdAt: string;
  createdBy: string | null;
}

function decodeConsentLine(value: unknown): ConsentLine {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    line: whole(row, 'line'),
    address: text(row, 'address'),
    channel: oneOf(row, 'channel', consent_channel),
    purpose: oneOf(row, 'purpose', consent_purpose),
    status: oneOf(row, 'status', consent_status),
    source: oneOf(row, 'source', consent_source),
    textVersion: textOrNull(row, 'text_version'),
    note: textOrNull(row, 'note'),
    createdAt: text(row, 'created_at'),
    createdBy: textOrNull(row, 'created_by'),
  };
}

/** The ledger of these numbers and addresses, newest first. */
export async function fetchConsents(addresses: readonly string[], limit: number): Promise<ConsentLine[]> {
  if (addresses.length === 0) return [];
  const query = getClient()
    .from('consents')
    .select('*')
    .in('address', [...addresses])
    .order('line', { ascending: false })
    .limit(limit);
  return asList(await answerOf(query), decodeConsentLine);
}

export interface NewConsent {
  address: string;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  status: ConsentStatus;
  textVersion: string;
  note: string;
}

/** Refused with `keyword_stop` for a number that was opted out by text: only START takes that back. */
export async function recordConsent(consent: NewConsent): Promise<void> {
  await answerOf(
    getClient().rpc('record_consent', {
      p_address: consent.address,
      p_channel: consent.channel,
      p_purpose: consent.purpose,
      p_status: consent.status,
      ...(consent.textVersion !== '' && { p_text_version: consent.textVersion }),
      ...(consent.note !== '' && { p_note: consent.note }),
    }),
  );
}
