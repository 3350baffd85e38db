import type { CustomField } from '@/contacts/customFieldModel';
import type { Mapping } from './importModel';

export interface Target {
  value: string;
  label: string;
}

export interface TargetGroup {
  label: string;
  targets: readonly Target[];
}

/** What a column may become: the list of the database (private.is_import_target), in words. */
const GROUPS: readonly TargetGroup[] = [
  {
    label: 'Who',
    targets: [
      { value: 'name', label: 'Full name' },
      { value: 'first_name', label: 'First name' },
      { value: 'last_name', label: 'Last name' },
      { value: 'organization', label: 'Organization' },
      { value: 'job_title', label: 'Job title' },
      { value: 'type', label: 'Type (lead, customer, …)' },
      { value: 'source', label: 'Source' },
    ],
  },
  {
    label: 'Phone and e-mail',
    targets: [
      { value: 'phone', label: 'Phone' },
      { value: 'phone_type', label: 'Phone: type' },
      { value: 'phone_2', label: 'Phone 2' },
      { value: 'phone_2_type', label: 'Phone 2: type' },
      { value: 'phone_3', label: 'Phone 3' },
      { value: 'phone_3_type', label: 'Phone 3: type' },
      { value: 'email', label: 'E-mail' },
      { value: 'email_2', label: 'E-mail 2' },
    ],
  },
  {
    label: 'Service address',
    targets: [
      { value: 'line1', label: 'Street' },
      { value: 'line2', label: 'Address line 2' },
      { value: 'city', label: 'City' },
      { value: 'region', label: 'State or region' },
      { value: 'postal_code', label: 'Postal code' },
      { value: 'country', label: 'Country' },
    ],
  },
  {
    label: 'More',
    targets: [
      { value: 'tags', label: 'Tags' },
      { value: 'note', label: 'Note' },
    ],
  },
];

const SHARED = new Set(['tags', 'note']);
const WHO = new Set([
  'name',
  'first_name',
  'last_name',
  'organization',
  'phone',
  'phone_2',
  'phone_3',
  'email',
  'email_2',
]);

export function targetGroups(fields: readonly CustomField[]): TargetGroup[] {
  const own = fields.filter((field) => field.archivedAt === null);
  if (own.length === 0) return [...GROUPS];
  const targets = own.map(({ id, label }) => ({ value: `custom:${id}`, label }));
  return [...GROUPS, { label: 'Your own fields', targets }];
}

/** What is wrong with a column's choice; null when nothing is. */
export function columnProblem(mapping: Mapping, column: number): string | null {
  const target = mapping[column] ?? null;
  if (target === null || SHARED.has(target)) return null;
  const first = mapping.indexOf(target);
  return first < column ? 'Another column is this field already.' : null;
}

/** What keeps the whole mapping from being checked; null when nothing does. */
export function mappingProblem(mapping: Mapping): string | null {
  if (mapping.some((_, column) => columnProblem(mapping, column) !== null)) {
    return 'Two columns are set to the same field.';
  }
  const hasWho = mapping.some((target) => target !== null && WHO.has(target));
  return hasWho ? null : 'Say which column is the name, the phone number or the e-mail address.';
}
