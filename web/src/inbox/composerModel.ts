import { countSegments } from '@/lib/segments';
import { isTextable, type Conversation } from './conversationModel';

/** The database takes no longer text (characters, not code units). */
export const LONGEST = 1_600;

/** Why no text can be sent to this conversation; null when one can. */
export type Obstacle = 'opted_out' | 'not_textable' | 'twilio_not_set_up';

export function obstacleOf(conversation: Conversation, twilioMissing: boolean): Obstacle | null {
  if (!isTextable(conversation)) return 'not_textable';
  if (conversation.optedOut) return 'opted_out';
  return twilioMissing ? 'twilio_not_set_up' : null;
}

export interface Measure {
  /** What the counter says; empty while there is nothing to count. */
  words: string;
  tooLong: boolean;
  blank: boolean;
}

export function measure(body: string): Measure {
  const characters = Array.from(body).length;
  const blank = body.trim() === '';
  if (characters > LONGEST) {
    return { words: `${characters - LONGEST} over the limit of ${LONGEST} characters`, tooLong: true, blank };
  }
  if (body === '') return { words: '', tooLong: false, blank };
  const { encoding, segments, remaining } = countSegments(body);
  const special = encoding === 'UCS-2' ? ' · emoji or special characters' : '';
  return {
    words: `${segments === 1 ? '1 text' : `${segments} texts`} · ${remaining} left${special}`,
    tooLong: false,
    blank,
  };
}
