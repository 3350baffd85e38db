import { describe, expect, it } from 'vitest';
import type { ConsentEntry, TextEntry } from './threadModel';
import { buildTimeline, type TimelineInput } from './timelineModel';

const PLACE = { timeZone: 'America/Denver', locale: 'en-US' };
const NOW = new Date('2026-11-24T20:00:00Z');

function textAt(at: string, parts: Partial<TextEntry> = {}): TextEntry {
  return {
    kind: 'sms',
    id: `entry:${at}`,
    subjectId: `text:${at}`,
    version: 1,
    at,
    conversationId: 'c',
    contactId: null,
    direction: 'inbound',
    body: 'Hello',
    status: 'received',
    statusReason: null,
    segmentCount: 1,
    attachments: [],
    authorId: null,
    authorName: null,
    ...parts,
  };
}

function consentAt(at: string, id: string): ConsentEntry {
  return {
    kind: 'consent',
    id,
    subjectId: 'ledger',
    version: 1,
    at,
    conversationId: id,
    contactId: 'p',
    granted: false,
  };
}

function draw(parts: Partial<TimelineInput>): string[] {
  const items = buildTimeline({
    entries: [],
    outbox: [],
    firstUnreadId: null,
    place: PLACE,
    now: NOW,
    ...parts,
  });
  return items.map((item) => (item.type === 'day' ? item.label : item.type));
}

describe('buildTimeline', () => {
  it("separates the company's days, not the reader's", () => {
    const entries = [textAt('2026-11-24T07:00:00+00:00'), textAt('2026-11-24T06:59:00+00:00')];
    expect(draw({ entries })).toEqual(['Yesterday', 'text', 'Today', 'text']);
  });

  it('marks where the unread texts begin', () => {
    const entries = [textAt('2026-11-24T19:01:00+00:00'), textAt('2026-11-24T19:00:00+00:00')];
    expect(draw({ entries, firstUnreadId: entries[0]?.id ?? '' })).toEqual([
      'Today',
      'text',
      'unread',
      'text',
    ]);
  });

  it('draws texts of one side within five minutes as a group', () => {
    const entries = [
      textAt('2026-11-24T19:10:00+00:00'),
      textAt('2026-11-24T19:04:00+00:00', { direction: 'outbound', status: 'sent' }),
      textAt('2026-11-24T19:02:00+00:00'),
      textAt('2026-11-24T19:00:00+00:00'),
    ];
    const items = buildTimeline({ entries, outbox: [], firstUnreadId: null, place: PLACE, now: NOW });
    expect(items.map((item) => (item.type === 'text' ? item.startsGroup : null))).toEqual([
      null,
      true,
      false,
      true,
      true,
    ]);
  });

  it('shows a consent once that was entered into two conversations', () => {
    const entries = [
      consentAt('2026-11-24T19:00:00+00:00', 'two'),
      consentAt('2026-11-24T19:00:00+00:00', 'one'),
    ];
    expect(draw({ entries })).toEqual(['Today', 'consent']);
  });

  it('keeps the key of a text when it leaves the outbox and enters the thread', () => {
    const createdAt = '2026-11-24T19:00:00+00:00';
    const item = {
      id: 'x',
      conversationId: 'c',
      body: 'Hi',
      createdAt,
      state: 'sending' as const,
      attempts: 1,
    };
    const waiting = buildTimeline({
      entries: [],
      outbox: [item],
      firstUnreadId: null,
      place: PLACE,
      now: NOW,
    });
    const entries = [textAt(createdAt, { subjectId: 'x', direction: 'outbound', status: 'queued' })];
    const shown = buildTimeline({ entries, outbox: [], firstUnreadId: null, place: PLACE, now: NOW });
    expect(waiting.at(-1)?.key).toBe(shown.at(-1)?.key);
  });
});
