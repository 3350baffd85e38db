import { asFields, flag, text, textOrNull, texts } from '@/lib/decode';

/** What is known of the company's Twilio account; its secrets never come back. */
export interface TwilioSettings {
  accountSidLast4: string;
  authTokenLast4: string;
  hasNextAuthToken: boolean;
  verifiedAt: string;
}

/** Null while no account is connected. */
export function decodeTwilioSettings(value: unknown): TwilioSettings | null {
  if (value === null) return null;
  const fields = asFields(value);
  if (!flag(fields, 'configured')) return null;
  return {
    accountSidLast4: text(fields, 'account_sid_last4'),
    authTokenLast4: text(fields, 'auth_token_last4'),
    hasNextAuthToken: flag(fields, 'has_next_auth_token'),
    verifiedAt: text(fields, 'verified_at'),
  };
}

export interface TwilioTest {
  accountName: string | null;
  /** The account's numbers, E.164. */
  numbers: string[];
}

export function decodeTwilioTest(value: unknown): TwilioTest {
  const fields = asFields(value);
  return { accountName: textOrNull(fields, 'account_name'), numbers: texts(fields, 'numbers') };
}

/** An account SID as Twilio's console shows it. */
export const ACCOUNT_SID = 'AC[0-9a-fA-F]{32}';
