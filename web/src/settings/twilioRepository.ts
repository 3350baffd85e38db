import { callAsPerson } from '@/session/signedInService';
import { decodeTwilioSettings, decodeTwilioTest, type TwilioSettings, type TwilioTest } from './twilioModel';

const PATH = 'twilio-settings';

export interface TwilioCredentials {
  accountSid: string;
  authToken: string;
  /** The token that replaces the present one while tokens are being rotated. */
  nextAuthToken: string;
}

export async function fetchTwilioSettings(): Promise<TwilioSettings | null> {
  return decodeTwilioSettings(await callAsPerson({ method: 'GET', path: PATH }));
}

/** Kept only when Twilio accepts them; else rejects with `twilio_refused`. */
export async function saveTwilioSettings(credentials: TwilioCredentials): Promise<TwilioSettings | null> {
  const { accountSid, authToken, nextAuthToken } = credentials;
  const body = {
    account_sid: accountSid,
    auth_token: authToken,
    ...(nextAuthToken === '' ? {} : { next_auth_token: nextAuthToken }),
  };
  return decodeTwilioSettings(await callAsPerson({ method: 'PUT', path: PATH, body }));
}

export async function testTwilioSettings(): Promise<TwilioTest> {
  return decodeTwilioTest(await callAsPerson({ method: 'POST', path: `${PATH}/test` }));
}

/** Has Twilio send the texts of the company's numbers here. */
export async function connectNumbers(): Promise<void> {
  await callAsPerson({ method: 'POST', path: `${PATH}/connect-numbers` });
}

export async function deleteTwilioSettings(): Promise<void> {
  await callAsPerson({ method: 'DELETE', path: PATH });
}
