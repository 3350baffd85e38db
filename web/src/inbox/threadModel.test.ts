import { describe, expect, it } from 'vitest';
import { DecodeError } from '@/lib/decode';
import { belongsTo, decodeEntry, findFirstUnread } from './threadModel';

const ROW = {
  id: 'e1',
  version: 3,
  at: '2026-11-24T19:00:00+00:00',
  conversation_id: 'c1',
  contact_id: null,
  kind: 'sms',
  subject_id: 's1',
  direction: 'inbound',
  body: 'The boiler is out',
  status: 'received',
  error_code: null,
  status_reason: null,
  segment_count: 1,
  media: [{ content_type: 'image/jpeg', url: 'https://api.twilio.com/x' }],
  created_by: null,
  author_name: null,
  consent_status: null,
};

const inbound = (id: string, conversation_id = 'c1') => decodeEntry({ ...ROW, id, conversation_id });
const outbound = (id: string) => decodeEntry({ ...ROW, id, direction: 'outbound', status: 'sent' });
const consent = (consent_status: string) =>
  decodeEntry({
    ...ROW,
    kind: 'consent',
    direction: null,
    body: null,
    status: null,
    media: null,
    consent_status,
  });

describe('decodeEntry', () => {
  it('reads a text', () => {
    expect(decodeEntry(ROW)).toMatchObject({
      kind: 'sms',
      body: 'The boiler is out',
      attachments: [{ contentType: 'image/jpeg' }],
    });
  });

  it('reads a consent', () => {
    expect(consent('revoked')).toMatchObject({ kind: 'consent', granted: false });
    expect(consent('granted')).toMatchObject({ kind: 'consent', granted: true });
  });

  it('reads what the company knows and does about the contact', () => {
    const record = {
      ...ROW,
      direction: null,
      status: null,
      media: null,
      body: null,
      title: 'Order the part',
    };
    const task = decodeEntry({
      ...record,
      kind: 'task',
      details: { due_on: '2026-12-01', completed_at: '2026-11-24T20:00:00+00:00' },
    });
    expect(task).toMatchObject({ kind: 'task', title: 'Order the part', dueOn: '2026-12-01', isOver: true });
    const note = decodeEntry({
      ...record,
      kind: 'note',
      body: 'Dog',
      title: null,
      details: { pinned: true },
    });
    expect(note).toMatchObject({ kind: 'note', body: 'Dog', isPinned: true, isOver: false });
    expect(decodeEntry({ ...record, kind: 'merge' })).toMatchObject({ kind: 'merge', isOver: false });
  });

  it('reads what happened to money', () => {
    const money = {
      amount_cents: 10_000,
      currency: 'USD',
      invoice_id: 'i1',
      invoice_number: 7,
      money_status: 'succeeded',
    };
    const row = { ...ROW, direction: null, body: null, status: null, media: null, ...money };
    expect(decodeEntry({ ...row, kind: 'refund' })).toMatchObject({
      kind: 'refund',
      moneyStatus: 'succeeded',
      amountCents: 10_000,
      invoiceNumber: 7,
    });
    expect(() => decodeEntry({ ...row, kind: 'payment', invoice_id: null })).toThrow(DecodeError);
  });

  it('refuses a row that breaks its promise', () => {
    expect(() => decodeEntry({ ...ROW, status: 'teleported' })).toThrow(DecodeError);
    expect(() => decodeEntry({ ...ROW, id: null })).toThrow(DecodeError);
    expect(() => decodeEntry(null)).toThrow(DecodeError);
  });
});

describe('belongsTo', () => {
  it('goes by the contact when one owns the number, else by the conversation', () => {
    const entry = decodeEntry({ ...ROW, contact_id: 'p1', conversation_id: 'c2' });
    expect(belongsTo(entry, { conversationId: 'c1', contactId: 'p1' })).toBe(true);
    expect(belongsTo(entry, { conversationId: 'c1', contactId: null })).toBe(false);
    expect(belongsTo(inbound('e'), { conversationId: 'c1', contactId: null })).toBe(true);
  });
});

describe('findFirstUnread', () => {
  const entries = [outbound('e5'), inbound('e4'), inbound('e3', 'other'), inbound('e2'), inbound('e1')];

  it('counts back the texts of this conversation that came in', () => {
    expect(findFirstUnread(entries, 'c1', 2)).toBe('e2');
  });

  it('finds nothing when all is read, or when it is not loaded', () => {
    expect(findFirstUnread(entries, 'c1', 0)).toBeNull();
    expect(findFirstUnread(entries, 'c1', 4)).toBeNull();
  });
});
