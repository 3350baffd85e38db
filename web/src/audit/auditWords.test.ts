import { describe, expect, it } from 'vitest';
import type { AuditEntry } from './auditModel';
import { valueWords, type Surroundings } from './auditValues';
import { inWords, sentenceOf } from './auditWords';

const AROUND: Surroundings = {
  timeZone: 'America/Denver',
  locale: 'en-US',
  country: 'US',
  currency: 'USD',
  names: new Map([
    ['m-sam', 'Sam'],
    ['u-dana', 'Dana'],
    ['c-rosa', 'Rosa Delgado'],
    ['t-vip', 'VIP'],
  ]),
};

function entry(parts: Partial<AuditEntry>): AuditEntry {
  return {
    id: 'a',
    line: 1,
    at: '2026-11-24T19:00:00+00:00',
    actorKind: 'person',
    actorId: 'u-dana',
    actorName: 'Dana',
    requestId: null,
    table: 'memberships',
    rowId: 'm-sam',
    action: 'update',
    subject: null,
    oldValues: null,
    newValues: null,
    ...parts,
  };
}

const told = (parts: Partial<AuditEntry>) => sentenceOf(entry(parts), AROUND);

describe('sentenceOf', () => {
  it('says who changed what from what to what', () => {
    expect(told({ oldValues: { role: 'tech' }, newValues: { role: 'dispatcher' } })).toBe(
      'Dana changed the role of Sam from Technician to Dispatcher',
    );
  });

  it('tells access that ends and comes back', () => {
    const ended = { deactivated_at: '2026-11-24T19:00:00Z' };
    const open = { deactivated_at: null };
    expect(told({ oldValues: open, newValues: ended })).toBe('Dana ended Sam’s access');
    expect(told({ oldValues: ended, newValues: open })).toBe('Dana let Sam in again');
    expect(told({ actorName: 'Sam', oldValues: open, newValues: ended })).toBe('Sam left the company');
    const both = { ...open, role: 'owner' };
    expect(told({ oldValues: { ...ended, role: 'tech' }, newValues: both })).toBe(
      'Dana let Sam in again as Owner',
    );
  });

  it('tells the life of an invitation', () => {
    const table = 'invitations';
    const rowId = 'i';
    const values = { email: 'kim@people.example', role: 'tech', display_name: 'Kim' };
    const made = { table, rowId, action: 'insert', subject: 'Kim', newValues: values } as const;
    expect(told(made)).toBe('Dana invited Kim as Technician');
    expect(told({ table, rowId, newValues: { expires_at: '2026-12-01T00:00:00Z' } })).toBe(
      'Dana sent the invitation for somebody again',
    );
    expect(told({ table, rowId, newValues: { revoked_at: '2026-12-01T00:00:00Z' } })).toContain('took back');
  });

  it('names whose the thing is', () => {
    const phone = { e164: '+13035550142', contact_id: 'c-rosa' };
    expect(told({ table: 'contact_phones', rowId: 'p', action: 'insert', newValues: phone })).toBe(
      'Dana added the phone number (303) 555-0142 of Rosa Delgado',
    );
    const tag = { tag_id: 't-vip', contact_id: 'c-rosa' };
    expect(told({ table: 'contact_tags', rowId: 'ct', action: 'delete', oldValues: tag })).toBe(
      'Dana took the tag VIP off Rosa Delgado',
    );
  });

  it('tells deletions that are marks of their own', () => {
    const gone = { deleted_at: '2026-11-24T19:00:00Z', deleted_by: 'u-dana' };
    const contact = { table: 'contacts', rowId: 'c-rosa' };
    expect(told({ ...contact, newValues: gone })).toBe('Dana deleted the contact Rosa Delgado');
    expect(told({ ...contact, newValues: { deleted_at: null, deleted_by: null } })).toBe(
      'Dana restored the contact Rosa Delgado',
    );
  });

  it('has a word for the steps of an invoice, and names what changed once', () => {
    const invoice = { table: 'invoices', rowId: 'i', oldValues: {} };
    const issued = { status: 'issued', number: 7, issued_at: '2026-11-24T19:00:00Z' };
    expect(told({ ...invoice, newValues: issued })).toBe('Dana issued an invoice');
    const twice = { issued_at: '2026-11-24T19:00:00Z', issued_on: '2026-11-24' };
    expect(told({ ...invoice, newValues: twice })).toBe('Dana changed issued of an invoice');
  });

  it('lists what changed when it is more than one thing', () => {
    const parts = { table: 'tenants', rowId: 't' };
    expect(
      told({ ...parts, oldValues: {}, newValues: { phone: '+13035550142', timezone: 'America/Denver' } }),
    ).toBe('Dana changed phone and time zone of the company');
  });

  it('says who it was when it was no person', () => {
    const job = { actorKind: 'job', actorName: null, actorId: null } as const;
    expect(told({ ...job, table: 'payments', action: 'insert', newValues: {} })).toMatch(/^FieldLite added /);
    expect(told({ ...job, actorKind: 'operator', table: 'tags', action: 'delete' })).toMatch(
      /^An operator of FieldLite/,
    );
  });

  it('keeps what is left of somebody who was erased', () => {
    const erased = { erased: true };
    expect(told({ table: 'contacts', rowId: 'x', oldValues: erased, newValues: erased })).toBe(
      'Dana changed a contact',
    );
  });
});

describe('valueWords', () => {
  it('shows each kind of value as people write it', () => {
    expect(valueWords('total_cents', 41_000, AROUND)).toBe('$410.00');
    expect(valueWords('due_on', '2026-11-24', AROUND)).toBe('Tue, Nov 24, 2026');
    expect(valueWords('phone', '+13035550142', AROUND)).toBe('(303) 555-0142');
    expect(valueWords('assigned_to', 'u-dana', AROUND)).toBe('Dana');
    expect(valueWords('options', ['Gas', 'Oil'], AROUND)).toBe('Gas, Oil');
    expect(valueWords('address', { line1: '1 Main St', line2: '' }, AROUND)).toBe('street: 1 Main St');
    expect(valueWords('business_hours', { mon: [['08:00', '17:00']] }, AROUND)).toBe('Mon 08:00–17:00');
    expect(valueWords('memo', null, AROUND)).toBe('nothing');
  });
});

describe('inWords', () => {
  it('ends a long list with how many more there are', () => {
    expect(inWords(['a'])).toBe('a');
    expect(inWords(['a', 'b', 'c'])).toBe('a, b and c');
    expect(inWords(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
  });
});
