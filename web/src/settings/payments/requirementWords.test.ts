import { describe, expect, it } from 'vitest';
import { disabledWords, requirementWords } from './requirementWords';

describe('requirementWords', () => {
  it('says in plain words what Stripe needs, each thing once', () => {
    expect(
      requirementWords([
        'external_account',
        'representative.dob.day',
        'representative.dob.month',
        'representative.first_name',
        'tos_acceptance.date',
        'tos_acceptance.ip',
        'company.address.line1',
      ]),
    ).toEqual([
      'The bank account that your money goes to',
      "A responsible person's date of birth",
      "A responsible person's name",
      "Your agreement to Stripe's terms",
      "Your business's address",
    ]);
  });

  it('knows a person whose key carries an id', () => {
    expect(requirementWords(['person_1AbCdE.verification.document'])).toEqual([
      "A responsible person's identity document, such as a passport",
    ]);
  });

  it('makes a key readable that it has never seen', () => {
    expect(requirementWords(['company.registration_number', 'person_1AbC.nationality'])).toEqual([
      'Company registration number',
      'Person nationality',
    ]);
  });
});

describe('disabledWords', () => {
  it('says who has to do something', () => {
    expect(disabledWords('requirements.past_due')).toBe('Stripe waits for what is listed below.');
    expect(disabledWords('rejected.fraud')).toContain('declined');
    expect(disabledWords('action_required.something_new')).toBe(
      'Stripe paused this account: action required something new.',
    );
  });
});
