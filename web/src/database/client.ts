import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { getConfig } from '@/lib/config';
import { getAccessToken, renewAccessToken } from '@/session/session';
import { newId } from '@/lib/uuid';
import { onSessionEnd } from '@/session/sessionStore';
import { namingCompany } from './companyFilter';
import { withRequestId } from './requestId';
import type { Database } from './types';

export type Client = SupabaseClient<Database>;

let current: Client | null = null;

/** The one Supabase client: made when it is first needed after sign-in, discarded with the session. */
export function getClient(): Client {
  current ??= makeClient();
  return current;
}

function makeClient(): Client {
  const { supabaseUrl, publishableKey } = getConfig();
  return createClient<Database>(supabaseUrl, publishableKey, {
    accessToken: getAccessToken,
    global: { fetch: fetchForPerson },
  });
}

/**
 * Each request has an id, which the audit log keeps and error screens show. The server may end a token before its time
 * (a restored clock, a new key): renew it and ask once more.
 */
const fetchForPerson: typeof fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  const id = newId();
  headers.set('x-request-id', id);
  const address = typeof input === 'string' ? namingCompany(input, init?.method ?? 'GET') : input;
  let response = await fetch(address, { ...init, headers });
  if (response.status === 401) {
    headers.set('Authorization', `Bearer ${await renewAccessToken()}`);
    response = await fetch(address, { ...init, headers });
  }
  return response.ok ? response : withRequestId(response, id);
};

onSessionEnd(() => {
  const discarded = current;
  current = null;
  void discarded?.removeAllChannels();
});
