import { dayLabel, dayOf, type Place } from '@/lib/when';
import type { OutboxItem } from './outboxModel';
import {
  isRecord,
  type ConsentEntry,
  type MoneyEntry,
  type RecordEntry,
  type TextEntry,
  type ThreadEntry,
} from './threadModel';

/** One line of a thread as it is drawn, oldest first. */
export type TimelineItem =
  | { type: 'day'; key: string; label: string }
  | { type: 'unread'; key: string }
  | { type: 'text'; key: string; entry: TextEntry; startsGroup: boolean }
  | { type: 'consent'; key: string; entry: ConsentEntry }
  | { type: 'money'; key: string; entry: MoneyEntry }
  | { type: 'record'; key: string; entry: RecordEntry }
  | { type: 'waiting'; key: string; item: OutboxItem; startsGroup: boolean };

export interface TimelineInput {
  entries: readonly ThreadEntry[];
  /** Texts written here that the thread does not show yet. */
  outbox: readonly OutboxItem[];
  firstUnreadId: string | null;
  place: Place;
  now: Date;
}

/** Texts of one side within this many milliseconds are drawn close together. */
const GROUP = 5 * 60_000;

export function buildTimeline({ entries, outbox, firstUnreadId, place, now }: TimelineInput): TimelineItem[] {
  const items: TimelineItem[] = [];
  let day = '';
  const startDay = (at: string) => {
    const next = dayOf(new Date(at), place);
    if (next !== day) items.push({ type: 'day', key: `day:${next}`, label: dayLabel(at, now, place) });
    day = next;
  };
  for (const entry of withoutRepeats(entries)) {
    startDay(entry.at);
    if (entry.id === firstUnreadId) items.push({ type: 'unread', key: 'unread' });
    items.push(itemOf(entry, items.at(-1)));
  }
  for (const item of outbox) {
    startDay(item.createdAt);
    const startsGroup = !continues(items.at(-1), 'outbound', item.createdAt);
    items.push({ type: 'waiting', key: item.id, item, startsGroup });
  }
  return items;
}

/** Oldest first. A number that writes to two of ours has one consent, entered into both conversations. */
export function withoutRepeats(newestFirst: readonly ThreadEntry[]): ThreadEntry[] {
  const seen = new Set<string>();
  return newestFirst.toReversed().filter((entry) => {
    const isNew = !seen.has(entry.subjectId);
    seen.add(entry.subjectId);
    return isNew;
  });
}

function itemOf(entry: ThreadEntry, previous: TimelineItem | undefined): TimelineItem {
  if (entry.kind === 'sms') return textItem(entry, previous);
  if (entry.kind === 'consent') return { type: 'consent', key: entry.id, entry };
  return isRecord(entry) ? { type: 'record', key: entry.id, entry } : { type: 'money', key: entry.id, entry };
}

/** The key is the text's own id, which is also the key of its waiting line: one takes the place of the other. */
function textItem(entry: TextEntry, previous: TimelineItem | undefined): TimelineItem {
  const startsGroup = !continues(previous, entry.direction, entry.at);
  return { type: 'text', key: entry.subjectId, entry, startsGroup };
}

function continues(
  previous: TimelineItem | undefined,
  direction: TextEntry['direction'],
  at: string,
): boolean {
  if (previous?.type === 'waiting') return direction === 'outbound';
  if (previous?.type !== 'text' || previous.entry.direction !== direction) return false;
  return Date.parse(at) - Date.parse(previous.entry.at) < GROUP;
}
