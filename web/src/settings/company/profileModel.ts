import { asFields, text, textOrNull, whole } from '@/lib/decode';
import { formatNumber, parseNumber } from '@/lib/phone';
import { decodeHours, encodeHours, hoursProblems, type Hours } from './hoursModel';

/** What a form shows of the company, as it is typed. */
export interface ProfileForm {
  name: string;
  phone: string;
  email: string;
  website: string;
  line1: string;
  line2: string;
  city: string;
  region: string;
  postalCode: string;
  timeZone: string;
  locale: string;
  hours: Hours;
}

export type ProfileField = keyof ProfileForm;

/** The company as it is kept. */
export interface Profile {
  version: number;
  /** ISO 3166-1 alpha-2; it does not change here. */
  country: string;
  form: ProfileForm;
}

export function decodeProfile(value: unknown): Profile {
  const row = asFields(value);
  const country = text(row, 'country');
  const address = asFields(row.address);
  const part = (name: string) => textOrNull(address, name) ?? '';
  const phone = textOrNull(row, 'phone');
  return {
    version: whole(row, 'version'),
    country,
    form: {
      name: text(row, 'name'),
      phone: phone === null ? '' : formatNumber(phone, country),
      email: textOrNull(row, 'email') ?? '',
      website: textOrNull(row, 'website') ?? '',
      line1: part('line1'),
      line2: part('line2'),
      city: part('city'),
      region: part('region'),
      postalCode: part('postal_code'),
      timeZone: text(row, 'timezone'),
      locale: text(row, 'locale'),
      hours: decodeHours(row.business_hours),
    },
  };
}

/** A website as it is kept: people leave `https://` out. */
export function websiteOf(typed: string): string {
  const bare = typed.trim();
  return bare === '' || /^https?:\/\//i.test(bare) ? bare : `https://${bare}`;
}

/** What the database is asked to keep. The phone number has to be one: see `problemsOf`. */
export function encodeProfile(form: ProfileForm, country: string) {
  return {
    name: form.name.trim(),
    phone: form.phone.trim() === '' ? '' : (parseNumber(form.phone, country) ?? form.phone),
    email: form.email.trim(),
    website: websiteOf(form.website),
    timezone: form.timeZone,
    locale: form.locale,
    address: {
      line1: form.line1.trim(),
      line2: form.line2.trim(),
      city: form.city.trim(),
      region: form.region.trim(),
      postal_code: form.postalCode.trim(),
    },
    business_hours: encodeHours(form.hours),
  };
}

export type ProfileProblems = Partial<Record<Exclude<ProfileField, 'hours'>, string>>;

/** What has to be put right before the fields can be saved; the hours have `hoursProblems`. */
export function problemsOf(form: ProfileForm, country: string): ProfileProblems {
  const problems: ProfileProblems = {};
  if (form.name.trim() === '') problems.name = 'Give the company a name.';
  if (form.phone.trim() !== '' && parseNumber(form.phone, country) === null)
    problems.phone = 'That does not look like a phone number. Write it with its area code.';
  if (form.email.trim() !== '' && !/^[^@\s]+@[^@\s]+$/.test(form.email.trim()))
    problems.email = 'That e-mail address is not complete.';
  if (/\s/.test(websiteOf(form.website))) problems.website = 'An address of the web has no blanks.';
  return problems;
}

export function isSound(form: ProfileForm, country: string): boolean {
  const problems = { ...problemsOf(form, country), ...hoursProblems(form.hours) };
  return Object.keys(problems).length === 0;
}

/** Whether both say the same, whatever blanks were typed. */
function isSame(one: ProfileForm, other: ProfileForm, field: ProfileField): boolean {
  const [mine, theirs] = [one[field], other[field]];
  if (typeof mine === 'string' && typeof theirs === 'string') return mine.trim() === theirs.trim();
  return JSON.stringify(mine) === JSON.stringify(theirs);
}

const fieldsOf = (form: ProfileForm): ProfileField[] => Object.keys(form) as ProfileField[];

/** What was changed of it. */
export function changedFields(base: ProfileForm, form: ProfileForm): ProfileField[] {
  return fieldsOf(base).filter((field) => !isSame(base, form, field));
}

export interface Rebased {
  form: ProfileForm;
  /** What both changed, each in their own way: here one's own is kept, and the person decides. */
  conflicts: ProfileField[];
}

/** One's own changes on top of what somebody else saved meanwhile: nothing that was typed is lost. */
export function rebase(base: ProfileForm, mine: ProfileForm, theirs: ProfileForm): Rebased {
  const changed = changedFields(base, mine);
  const kept = Object.fromEntries(changed.map((field) => [field, mine[field]]));
  const conflicts = changed.filter((field) => !isSame(base, theirs, field) && !isSame(mine, theirs, field));
  return { form: { ...theirs, ...kept }, conflicts };
}
