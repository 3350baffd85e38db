import { parseNumber } from '@/lib/phone';
import type { ContactCard, PhoneType, Property } from './cardModel';
import type { ContactType } from './contactModel';
import { parseValue, type CustomField } from './customFieldModel';

export interface PhoneForm {
  id: string;
  typed: string;
  extension: string;
  type: PhoneType;
  label: string;
}

export interface EmailForm {
  id: string;
  typed: string;
  label: string;
}

/** A service address as it stands in the form. */
export type PropertyForm = { id: string } & Record<
  | 'label'
  | 'line1'
  | 'line2'
  | 'city'
  | 'region'
  | 'postalCode'
  | 'country'
  | 'timeZone'
  | 'gateCode'
  | 'notes',
  string
>;

/** What stands in the form of a contact. Of numbers and addresses the first is the main one. */
export interface ContactForm {
  type: ContactType;
  name: string;
  organizationId: string | null;
  organizationName: string;
  jobTitle: string;
  source: string;
  phones: readonly PhoneForm[];
  emails: readonly EmailForm[];
  tagIds: readonly string[];
  /** By the field's id, as typed. */
  custom: Readonly<Record<string, string>>;
  /** Only of a new contact: those of a known one are changed on its page. */
  property: PropertyForm;
}

export function emptyPhone(id: string): PhoneForm {
  return { id, typed: '', extension: '', type: 'mobile', label: '' };
}

export function emptyEmail(id: string): EmailForm {
  return { id, typed: '', label: '' };
}

export function emptyProperty(id: string): PropertyForm {
  const blank = { label: '', line1: '', line2: '', city: '', region: '', postalCode: '', country: '' };
  return { id, ...blank, timeZone: '', gateCode: '', notes: '' };
}

/** `makeId` makes the ids of the lines that stand there from the start. */
export function emptyForm(makeId: () => string): ContactForm {
  return {
    type: 'lead',
    name: '',
    organizationId: null,
    organizationName: '',
    jobTitle: '',
    source: '',
    phones: [emptyPhone(makeId())],
    emails: [emptyEmail(makeId())],
    tagIds: [],
    custom: {},
    property: emptyProperty(makeId()),
  };
}

export function formOf(
  card: ContactCard,
  formatPhone: (e164: string) => string,
  makeId: () => string,
): ContactForm {
  const mainFirst = <T extends { isPrimary: boolean }>(list: readonly T[]) =>
    list.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary));
  const phones = mainFirst(card.phones).map(({ id, e164, raw, extension, type, label }) => ({
    id,
    typed: e164 === null ? raw : formatPhone(e164),
    extension: extension ?? '',
    type,
    label: label ?? '',
  }));
  const emails = mainFirst(card.emails).map(({ id, email, label }) => ({
    id,
    typed: email,
    label: label ?? '',
  }));
  return {
    type: card.type,
    name: card.name ?? '',
    organizationId: card.organizationId,
    organizationName: card.organizationName ?? '',
    jobTitle: card.jobTitle ?? '',
    source: card.source ?? '',
    phones: phones.length > 0 ? phones : [emptyPhone(makeId())],
    emails: emails.length > 0 ? emails : [emptyEmail(makeId())],
    tagIds: card.tagIds,
    custom: Object.fromEntries(Object.entries(card.customValues).map(([id, value]) => [id, String(value)])),
    property: emptyProperty(makeId()),
  };
}

export function propertyFormOf(property: Property): PropertyForm {
  const { id, label, line1, line2, city, region, postalCode, country, timeZone, gateCode, notes } = property;
  const values = { label, line1, line2, city, region, postalCode, country, timeZone, gateCode, notes };
  const typed = Object.entries(values).map(([name, value]) => [name, value ?? '']);
  return { ...emptyProperty(id), ...(Object.fromEntries(typed) as Partial<PropertyForm>) };
}

export const isBlankProperty = (form: PropertyForm): boolean =>
  Object.entries(form).every(([name, value]) => name === 'id' || value.trim() === '');

/** Numbers and addresses with something in them, without blanks around. */
const filled = <T extends { typed: string }>(lines: readonly T[]): T[] =>
  lines.map((line) => ({ ...line, typed: line.typed.trim() })).filter(({ typed }) => typed !== '');

export const numbersOf = (form: ContactForm, country: string): string[] =>
  filled(form.phones)
    .map(({ typed }) => parseNumber(typed, country))
    .filter((e164) => e164 !== null);

export const addressesOf = (form: ContactForm): string[] => filled(form.emails).map(({ typed }) => typed);

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

export interface FormProblems {
  /** Nothing by which anybody could know who this is. */
  name?: string;
  /** By the line's id. */
  emails: Record<string, string>;
  /** By the field's id. */
  custom: Record<string, string>;
}

export function problemsOf(form: ContactForm, fields: readonly CustomField[]): FormProblems {
  const isNobody =
    form.name.trim() === '' && filled(form.phones).length === 0 && filled(form.emails).length === 0;
  const emails = filled(form.emails).filter(({ typed }) => !EMAIL.test(typed));
  const custom = fields.filter(({ id, kind }) => parseValue(kind, form.custom[id] ?? '') === undefined);
  return {
    ...(isNobody && { name: 'Write a name, a number or an e-mail address.' }),
    emails: Object.fromEntries(emails.map(({ id }) => [id, 'That is not a whole e-mail address.'])),
    custom: Object.fromEntries(custom.map(({ id }) => [id, 'Write a number here.'])),
  };
}

export function hasProblems({ name, emails, custom }: FormProblems): boolean {
  return name !== undefined || Object.keys(emails).length + Object.keys(custom).length > 0;
}

/** What the database stores for a phone line: what is no number is kept as it was typed. */
export function phoneWarning(line: PhoneForm, country: string): string | null {
  if (line.typed.trim() === '' || parseNumber(line.typed, country) !== null) return null;
  return 'That is not a phone number. It is kept, but can’t be called or texted.';
}

/** The values of the fields that the form shows, by the field's id; null takes one away. Other fields keep theirs. */
export function customValuesOf(
  form: ContactForm,
  fields: readonly CustomField[],
): Record<string, string | number | boolean | null> {
  return Object.fromEntries(
    fields
      .filter(({ archivedAt }) => archivedAt === null)
      .map(({ id, kind }) => [id, parseValue(kind, form.custom[id] ?? '') ?? null]),
  );
}

/** The lines of the form as `save_contact` takes them. */
export function linesOf(form: ContactForm, country: string) {
  const orNull = (typed: string) => (typed.trim() === '' ? null : typed.trim());
  return {
    phones: filled(form.phones).map(({ id, typed, extension, type, label }, index) => ({
      id,
      e164: parseNumber(typed, country),
      raw: typed,
      extension: orNull(extension),
      label: orNull(label),
      type,
      is_primary: index === 0,
    })),
    emails: filled(form.emails).map(({ id, typed, label }, index) => ({
      id,
      email: typed,
      label: orNull(label),
      is_primary: index === 0,
    })),
  };
}

/** What was typed here, upon what others saved meanwhile: each part that was left alone here is theirs. */
export function rebase(typed: ContactForm, base: ContactForm, latest: ContactForm): ContactForm {
  const isMine = (name: string) =>
    JSON.stringify(typed[name as keyof ContactForm]) !== JSON.stringify(base[name as keyof ContactForm]);
  const mine = Object.entries(typed).filter(([name]) => isMine(name));
  return { ...latest, ...(Object.fromEntries(mine) as Partial<ContactForm>) };
}
