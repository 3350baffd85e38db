import { Constants } from '@/database/types';
import { asFields, oneOf, text, texts } from '@/lib/decode';

export type Role = (typeof Constants.public.Enums.member_role)[number];

/** The person in their company, as `my_session()` says. */
export interface Company {
  userId: string;
  displayName: string;
  tenantId: string;
  name: string;
  /** ISO 3166-1 alpha-2; numbers without a prefix are read as numbers of this country. */
  country: string;
  /** ISO 4217; what the company bills in. */
  currency: string;
  timeZone: string;
  locale: string;
  role: Role;
  /** What the person may see: `inbox`, `settings`, ... */
  areas: string[];
  /** Live topics, ready to join. */
  topics: string[];
}

/** Who reads customers' texts. Technicians see no customer until they have visits. */
export const mayReadInbox = (company: Company): boolean => company.role !== 'tech';

/** Who answers them, and hears of them live; a bookkeeper reads only. */
export const mayAnswer = (company: Company): boolean => company.areas.includes('inbox');

export function decodeCompany(value: unknown): Company {
  const fields = asFields(value);
  return {
    userId: text(fields, 'user_id'),
    displayName: text(fields, 'display_name'),
    tenantId: text(fields, 'tenant_id'),
    name: text(fields, 'tenant_name'),
    country: text(fields, 'country'),
    currency: text(fields, 'currency'),
    timeZone: text(fields, 'timezone'),
    locale: text(fields, 'locale'),
    role: oneOf(fields, 'role', Constants.public.Enums.member_role),
    areas: texts(fields, 'areas'),
    topics: texts(fields, 'topics'),
  };
}
