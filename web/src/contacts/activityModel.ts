import type { ThreadEntry } from '@/inbox/threadModel';
import { withoutRepeats } from '@/inbox/timelineModel';
import { dayLabel, dayOf, type Place } from '@/lib/when';

/** One line of a contact's activity, the newest first. */
export type ActivityItem =
  { type: 'day'; key: string; label: string } | { type: 'entry'; key: string; entry: ThreadEntry };

/** The entries under the company's days. */
export function buildActivity(newestFirst: readonly ThreadEntry[], now: Date, place: Place): ActivityItem[] {
  const items: ActivityItem[] = [];
  let day = '';
  for (const entry of withoutRepeats(newestFirst).toReversed()) {
    const next = dayOf(new Date(entry.at), place);
    if (next !== day) items.push({ type: 'day', key: `day:${next}`, label: dayLabel(entry.at, now, place) });
    day = next;
    items.push({ type: 'entry', key: entry.id, entry });
  }
  return items;
}
