import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { getConfig } from '@/lib/config';
import { getAccessToken, renewAccessToken } from '@/session/session';
import { onSessionEnd } from '@/session/sessionStore';
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
    global: { fetch: fetchWithRenewal },
  });
}

/** The server may end a token before its time (a restored clock, a new key): renew it and ask once more. */
const fetchWithRenewal: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (response.status !== 401) return response;
  const headers = new Headers(init?.headers);
  headers.set('Authorization', `Bearer ${await renewAccessToken()}`);
  return fetch(input, { ...init, headers });
};

onSessionEnd(() => {
  const discarded = current;
  current = null;
  void discarded?.removeAllChannels();
});
