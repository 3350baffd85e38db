/** What the rows of a table are called: one, and several. */
interface TableWords {
  one: string;
  many: string;
}

/** Every table that is audited; a test of the browser holds it against the database. */
export const TABLES: Readonly<Record<string, TableWords>> = {
  tenants: { one: 'company', many: 'Company' },
  memberships: { one: 'member', many: 'Team' },
  invitations: { one: 'invitation', many: 'Invitations' },
  contacts: { one: 'contact', many: 'Contacts' },
  contact_phones: { one: 'phone number', many: 'Phone numbers of contacts' },
  contact_emails: { one: 'e-mail address', many: 'E-mail addresses of contacts' },
  contact_tags: { one: 'tag', many: 'Tags on contacts' },
  organizations: { one: 'organization', many: 'Organizations' },
  properties: { one: 'service address', many: 'Service addresses' },
  notes: { one: 'note', many: 'Notes' },
  tasks: { one: 'task', many: 'Tasks' },
  attachments: { one: 'file', many: 'Files' },
  merges: { one: 'merge', many: 'Merges' },
  imports: { one: 'import', many: 'Imports' },
  erasures: { one: 'erasure', many: 'Erasures' },
  conversations: { one: 'conversation', many: 'Conversations' },
  invoices: { one: 'invoice', many: 'Invoices' },
  invoice_items: { one: 'line of an invoice', many: 'Lines of invoices' },
  document_links: { one: 'link to an invoice', many: 'Links to invoices' },
  payments: { one: 'payment', many: 'Payments' },
  payment_allocations: { one: 'share of a payment', many: 'Shares of payments' },
  refunds: { one: 'refund', many: 'Refunds' },
  disputes: { one: 'dispute', many: 'Disputes' },
  tags: { one: 'tag', many: 'Tags' },
  custom_fields: { one: 'field', many: 'Fields of your own' },
  saved_filters: { one: 'saved filter', many: 'Saved filters' },
  phone_numbers: { one: 'company number', many: 'Company numbers' },
  twilio_settings: { one: 'Twilio account', many: 'Twilio account' },
  stripe_accounts: { one: 'Stripe account', many: 'Stripe account' },
  subscriptions: { one: 'subscription', many: 'Subscription' },
};

/** What one row is called; a table without words by its own name. */
export const nounOf = (table: string): string => TABLES[table]?.one ?? table.replaceAll('_', ' ');

const COLUMNS: Readonly<Record<string, string>> = {
  display_name: 'name',
  deactivated_at: 'end of access',
  e164: 'number',
  raw: 'number as typed',
  is_primary: 'main one',
  line1: 'street',
  line2: 'unit, floor',
  region: 'state',
  postal_code: 'ZIP code',
  timezone: 'time zone',
  locale: 'language and region',
  requires_second_factor: 'second factor for everybody',
  custom_values: 'fields of your own',
  merged_into_id: 'merged into',
  due_on: 'due date',
  assigned_to: 'assignee',
  total_cents: 'total',
  amount_cents: 'amount',
  fee_cents: 'fee',
  is_shared: 'shared',
  provider_answers_keywords: 'Twilio answers keywords',
  options: 'choices',
  mime_type: 'kind of file',
  size_bytes: 'size in bytes',
  livemode: 'live mode',
};

/** A column as people call it: what it points at, what happened then, or its own name. */
export function columnWords(column: string): string {
  return COLUMNS[column] ?? column.replace(/_(id|at|on|cents)$/, '').replaceAll('_', ' ');
}
