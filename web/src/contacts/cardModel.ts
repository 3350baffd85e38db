import { Constants } from '@/database/types';
import { asFields, asList, flag, oneOfOrNull, text, textOrNull, whole, type Fields } from '@/lib/decode';
import { decodeContactRow, type ContactRow } from './contactModel';
import { decodeCustomValues, type CustomValues } from './customFieldModel';
import { decodeTag, type Tag } from './tagModel';

export const PHONE_TYPES = ['mobile', 'home', 'work', 'other'] as const;
export type PhoneType = (typeof PHONE_TYPES)[number];

export type ConsentStatus = (typeof Constants.public.Enums.consent_status)[number];

export interface Phone {
  id: string;
  /** Null when what was entered is no telephone number. */
  e164: string | null;
  raw: string;
  extension: string | null;
  label: string | null;
  type: PhoneType;
  isPrimary: boolean;
  /** What the ledger says of texts to the number; null: nobody said anything. */
  transactional: ConsentStatus | null;
  marketing: ConsentStatus | null;
}

export interface Email {
  id: string;
  email: string;
  label: string | null;
  isPrimary: boolean;
}

/** A service address. */
export interface Property {
  id: string;
  version: number;
  label: string | null;
  line1: string | null;
  line2: string | null;
  city: string | null;
  region: string | null;
  postalCode: string | null;
  country: string | null;
  /** IANA zone; null: the company's. */
  timeZone: string | null;
  gateCode: string | null;
  notes: string | null;
}

/** Everything that a contact's page shows of the contact itself. */
export interface ContactCard extends ContactRow {
  customValues: CustomValues;
  phones: Phone[];
  emails: Email[];
  properties: Property[];
  tags: Tag[];
  openTaskCount: number;
  createdByName: string | null;
}

export function decodeCard(value: unknown): ContactCard {
  const row = asFields(value);
  return {
    ...decodeContactRow(row),
    customValues: decodeCustomValues(row.custom_values),
    phones: asList(row.phones ?? [], decodePhone),
    emails: asList(row.emails ?? [], decodeEmail),
    properties: asList(row.properties ?? [], decodeProperty),
    tags: asList(row.tags ?? [], decodeTag),
    openTaskCount: whole(row, 'open_task_count'),
    createdByName: textOrNull(row, 'created_by_name'),
  };
}

function decodePhone(value: unknown): Phone {
  const row = asFields(value);
  const consent: Fields = row.consent == null ? {} : asFields(row.consent);
  const { consent_status } = Constants.public.Enums;
  return {
    id: text(row, 'id'),
    e164: textOrNull(row, 'e164'),
    raw: text(row, 'raw'),
    extension: textOrNull(row, 'extension'),
    label: textOrNull(row, 'label'),
    type: oneOfOrNull(row, 'type', PHONE_TYPES) ?? 'other',
    isPrimary: flag(row, 'is_primary'),
    transactional: oneOfOrNull(consent, 'transactional', consent_status),
    marketing: oneOfOrNull(consent, 'marketing', consent_status),
  };
}

function decodeEmail(value: unknown): Email {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    email: text(row, 'email'),
    label: textOrNull(row, 'label'),
    isPrimary: flag(row, 'is_primary'),
  };
}

function decodeProperty(value: unknown): Property {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    label: textOrNull(row, 'label'),
    line1: textOrNull(row, 'line1'),
    line2: textOrNull(row, 'line2'),
    city: textOrNull(row, 'city'),
    region: textOrNull(row, 'region'),
    postalCode: textOrNull(row, 'postal_code'),
    country: textOrNull(row, 'country'),
    timeZone: textOrNull(row, 'timezone'),
    gateCode: textOrNull(row, 'gate_code'),
    notes: textOrNull(row, 'notes'),
  };
}

type Address = Pick<Property, 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'country'>;

/** The lines of an address as they stand on a letter; the country only when it is not the company's own. */
export function addressLines(address: Address, homeCountry: string): string[] {
  const { line1, line2, city, region, postalCode, country } = address;
  const place = [city, [region, postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const abroad = country !== null && country !== homeCountry ? countryName(country) : null;
  return [line1, line2, place, abroad].filter((line): line is string => line !== null && line !== '');
}

function countryName(code: string): string {
  return new Intl.DisplayNames('en', { type: 'region' }).of(code) ?? code;
}

/** Where a map shows the address. */
export function mapsLink(address: Address): string {
  const { line1, city, region, postalCode, country } = address;
  const words = [line1, city, region, postalCode, country].filter(Boolean).join(', ');
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(words)}`;
}
