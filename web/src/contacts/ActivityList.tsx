import { useVirtualizer } from '@tanstack/react-virtual';
import { History } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { Skeleton } from '@/components/Skeleton';
import { useDelayed } from '@/lib/useDelayed';
import { useNow } from '@/lib/useNow';
import { usePlace } from '@/session/companyStore';
import { ActivityLine } from './ActivityLine';
import { buildActivity, type ActivityItem } from './activityModel';
import { useActivity } from './useActivity';

/** Earlier entries are loaded when this many lines are left below. */
const AHEAD = 8;

interface ActivityListProps {
  contactId: string;
  /** The box in which the page scrolls; null until it is there. */
  scroller: HTMLElement | null;
}

/** What happened with the contact, the newest first, in the page's own scrolling. */
export function ActivityList({ contactId, scroller }: ActivityListProps) {
  const place = usePlace();
  const now = useNow();
  const { window: loaded, status, failure, load, loadEarlier } = useActivity(contactId);
  const items = useMemo(() => buildActivity(loaded.rows, now, place), [loaded.rows, now, place]);
  if (status === 'failed' && failure) return <ErrorState failure={failure} onRetry={() => void load()} />;
  if (status === 'loading') return <ActivitySkeleton />;
  if (items.length === 0) return <NothingYet />;
  return (
    <Lines
      items={items}
      scroller={scroller}
      complete={loaded.complete}
      onNearEnd={() => void loadEarlier()}
    />
  );
}

interface LinesProps {
  items: readonly ActivityItem[];
  scroller: HTMLElement | null;
  complete: boolean;
  onNearEnd: () => void;
}

function Lines({ items, scroller, complete, onNearEnd }: LinesProps) {
  const listRef = useRef<HTMLOListElement>(null);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller,
    estimateSize: () => 64,
    getItemKey: (index) => items[index]?.key ?? index,
    scrollMargin: useOffset(listRef, scroller),
    overscan: 8,
  });
  const shown = virtualizer.getVirtualItems();
  const last = shown.at(-1)?.index ?? 0;
  const near = !complete && last >= items.length - AHEAD;
  useEffect(() => {
    if (near) onNearEnd();
    // Once for each new end of the list, whatever else is drawn.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [near, items.length]);
  return (
    <ol ref={listRef} role="list" className="relative" style={{ height: virtualizer.getTotalSize() }}>
      {shown.map(({ key, index, start }) => {
        const item = items[index];
        if (!item) return null;
        return (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            className="absolute inset-x-0 top-0"
            style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
          >
            {item.type === 'day' ? (
              <h3 className="pt-4 pb-2 text-xs font-semibold text-muted-foreground">{item.label}</h3>
            ) : (
              <ActivityLine entry={item.entry} />
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** How far below the top of the scrolled content the list begins: what stands above it grows and shrinks. */
function useOffset(listRef: React.RefObject<HTMLElement | null>, scroller: HTMLElement | null): number {
  const [offset, setOffset] = useState(0);
  useLayoutEffect(() => {
    const content = scroller?.firstElementChild;
    if (!scroller || !content) return;
    const measure = () => {
      const list = listRef.current;
      if (!list) return;
      const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
      setOffset(Math.round(top + scroller.scrollTop));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(content);
    return () => observer.disconnect();
  }, [listRef, scroller]);
  return offset;
}

function NothingYet() {
  return (
    <EmptyState icon={History} title="Nothing happened yet">
      Texts, notes, tasks, files and payments of this contact appear here by themselves.
    </EmptyState>
  );
}

function ActivitySkeleton() {
  const slow = useDelayed(true);
  if (!slow) return null;
  return (
    <div role="status" className="grid gap-3">
      <span className="sr-only">Loading the activity</span>
      <Skeleton className="h-14" />
      <Skeleton className="h-10" />
      <Skeleton className="h-14" />
    </div>
  );
}
