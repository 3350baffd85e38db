import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { decodeProfile, encodeProfile, type Profile, type ProfileForm } from './profileModel';

const COLUMNS =
  'version, name, country, phone, email, website, address, timezone, locale, business_hours' as const;

export async function fetchProfile(): Promise<Profile> {
  return decodeProfile(await answerOf(getClient().from('tenants').select(COLUMNS).single()));
}

/** Rejects with the code `stale` when somebody else changed the company since this version. */
export async function saveProfile({ version, country }: Profile, form: ProfileForm): Promise<void> {
  const change = { p_version: version, p_profile: encodeProfile(form, country) };
  await answerOf(getClient().rpc('change_company', change));
}
