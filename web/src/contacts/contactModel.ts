import { Constants } from '@/database/types';
import { asFields, oneOf, text, textOrNull, texts, whole } from '@/lib/decode';
import { formatNumber } from '@/lib/phone';

export const CONTACT_TYPES = Constants.public.Enums.contact_type;
export type ContactType = (typeof CONTACT_TYPES)[number];

export const TYPE_WORDS: Record<ContactType, string> = {
  lead: 'Lead',
  customer: 'Customer',
  vendor: 'Vendor',
  partner: 'Partner',
};

/** A contact as lists show it. */
export interface ContactRow {
  id: string;
  version: number;
  type: ContactType;
  /** Null until somebody says who it is. */
  name: string | null;
  organizationId: string | null;
  organizationName: string | null;
  jobTitle: string | null;
  /** E.164. */
  primaryPhone: string | null;
  primaryEmail: string | null;
  city: string | null;
  tagIds: string[];
  source: string | null;
  createdAt: string;
  lastActivityAt: string | null;
}

export function decodeContactRow(value: unknown): ContactRow {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    type: oneOf(row, 'type', CONTACT_TYPES),
    name: textOrNull(row, 'name'),
    organizationId: textOrNull(row, 'organization_id'),
    organizationName: textOrNull(row, 'organization_name'),
    jobTitle: textOrNull(row, 'job_title'),
    primaryPhone: textOrNull(row, 'primary_phone'),
    primaryEmail: textOrNull(row, 'primary_email'),
    city: textOrNull(row, 'city'),
    tagIds: row.tag_ids == null ? [] : texts(row, 'tag_ids'),
    source: textOrNull(row, 'source'),
    createdAt: text(row, 'created_at'),
    lastActivityAt: textOrNull(row, 'last_activity_at'),
  };
}

/** The name; while there is none, how they can be reached. */
export function nameOf(
  contact: Pick<ContactRow, 'name' | 'primaryPhone' | 'primaryEmail'>,
  country: string,
): string {
  if (contact.name !== null) return contact.name;
  if (contact.primaryPhone !== null) return formatNumber(contact.primaryPhone, country);
  return contact.primaryEmail ?? 'Unnamed contact';
}
