/** Stripe's requirement keys (https://docs.stripe.com/connect/handling-api-verification) in plain words. */
const WORDS: Readonly<Record<string, string>> = {
  external_account: 'The bank account that your money goes to',
  business_type: 'What kind of business you are',
  business_url: "Your business's website",
  'business_profile.url': "Your business's website",
  'business_profile.mcc': 'What your business does',
  'business_profile.name': "Your business's name",
  'business_profile.product_description': 'What your business does, in a sentence',
  'business_profile.support_phone': 'A phone number for your customers',
  'company.name': "Your business's legal name",
  'company.tax_id': 'Your tax number (EIN)',
  'company.phone': "Your business's phone number",
  'company.owners_provided': 'Who owns the business',
  'company.directors_provided': 'Who directs the business',
  'company.executives_provided': 'Who runs the business',
  'company.verification.document': 'A document about your business',
  'settings.payments.statement_descriptor': "Your name on customers' card statements",
  'tos_acceptance.date': "Your agreement to Stripe's terms",
  'tos_acceptance.ip': "Your agreement to Stripe's terms",
};

/** Keys of persons: `individual.dob.day`, `representative.email`, `person_1AbC.verification.document`, `owners.email`. */
const PERSON = /^(?:individual|representative|owners|directors|executives|person_\w+)\.(.+)$/;

const PERSON_WORDS: readonly (readonly [prefix: string, words: string])[] = [
  ['first_name', 'name'],
  ['last_name', 'name'],
  ['dob', 'date of birth'],
  ['address', 'home address'],
  ['email', 'e-mail address'],
  ['phone', 'phone number'],
  ['ssn_last_4', 'last four digits of the social security number'],
  ['id_number', 'social security number'],
  ['verification', 'identity document, such as a passport'],
  ['relationship', 'role in the business'],
];

/** What Stripe still needs, each thing once, in plain words; a key that is new to us is made readable. */
export function requirementWords(keys: readonly string[]): string[] {
  return [...new Set(keys.map(wordsOf))];
}

function wordsOf(key: string): string {
  const known = WORDS[key];
  if (known !== undefined) return known;
  if (key.startsWith('company.address.')) return "Your business's address";
  const detail = PERSON.exec(key)?.[1];
  const found = PERSON_WORDS.find(([prefix]) => detail === prefix || detail?.startsWith(`${prefix}.`));
  return found ? `A responsible person's ${found[1]}` : humanised(key);
}

/** `company.registration_number` becomes `Company registration number`. */
function humanised(key: string): string {
  const words = key
    .replace(/person_\w+/, 'person')
    .replace(/[._]+/g, ' ')
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Why Stripe stopped an account (https://docs.stripe.com/api/accounts/object#account_object-requirements-disabled_reason). */
export function disabledWords(reason: string): string {
  if (reason.startsWith('rejected')) return 'Stripe declined this account. Its support can tell you why.';
  if (reason === 'under_review' || reason === 'listed') return 'Stripe is reviewing this account.';
  if (reason === 'requirements.pending_verification') return 'Stripe is checking what you sent.';
  if (reason === 'requirements.past_due') return 'Stripe waits for what is listed below.';
  return `Stripe paused this account: ${humanised(reason).toLowerCase()}.`;
}
