import { describe, expect, it } from 'vitest';
import { measure, obstacleOf } from './composerModel';
import type { Conversation } from './conversationModel';

const CONVERSATION: Conversation = {
  id: 'c',
  version: 1,
  ourNumber: '+13035550100',
  ourNumberLabel: null,
  theirNumber: '+13035550142',
  contactId: null,
  contactName: null,
  contactType: null,
  unreadCount: 0,
  lastMessageAt: '2026-11-24T19:00:00+00:00',
  lastMessageBody: null,
  lastMessageDirection: null,
  lastMessageStatus: null,
  optedOut: false,
  createdAt: '2026-11-24T19:00:00+00:00',
};

describe('measure', () => {
  it.each([
    ['', ''],
    ['Hello', '1 text · 155 left'],
    ['a'.repeat(161), '2 texts · 145 left'],
    ['On our way 🚚', '1 text · 57 left · emoji or special characters'],
  ])('counts %j as %j', (body, words) => {
    expect(measure(body)).toMatchObject({ words, tooLong: false });
  });

  it('counts characters, not code units, against the limit', () => {
    expect(measure('🔧'.repeat(1600)).tooLong).toBe(false);
    expect(measure('🔧'.repeat(1601))).toMatchObject({
      tooLong: true,
      words: '1 over the limit of 1600 characters',
    });
  });

  it('knows blank from written', () => {
    expect(measure(' \n ').blank).toBe(true);
    expect(measure('x').blank).toBe(false);
  });
});

describe('obstacleOf', () => {
  it('finds the reason that the person can do least about first', () => {
    expect(obstacleOf({ ...CONVERSATION, theirNumber: '73822', optedOut: true }, true)).toBe('not_textable');
    expect(obstacleOf({ ...CONVERSATION, optedOut: true }, true)).toBe('opted_out');
    expect(obstacleOf(CONVERSATION, true)).toBe('twilio_not_set_up');
    expect(obstacleOf(CONVERSATION, false)).toBeNull();
  });
});
