import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp, LoaderCircle } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { nameOf, type Conversation } from './conversationModel';
import { loadEarlier } from './threadStore';
import { TimelineLine } from './TimelineLine';
import type { TimelineItem } from './timelineModel';

/** Within so many pixels of the end the newest text counts as seen. */
const END = 60;
/** Earlier entries are loaded when this many lines are left above. */
const AHEAD = 8;

interface TimelineProps {
  conversation: Conversation;
  items: readonly TimelineItem[];
  complete: boolean;
  loadingEarlier: boolean;
  onAtEnd: (atEnd: boolean) => void;
}

/** What was said, newest at the bottom; only what is near the eye is in the page. */
export function Timeline({ conversation, items, complete, loadingEarlier, onAtEnd }: TimelineProps) {
  const scrollRef = useRef<HTMLDivElement>(null);
  const { country } = useCompany();
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scrollRef.current,
    estimateSize: () => 72,
    getItemKey: (index) => items[index]?.key ?? index,
    // Earlier lines enter above without moving what is read; new ones are followed by whoever is at the end.
    anchorTo: 'end',
    followOnAppend: true,
    scrollEndThreshold: END,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 12,
  });
  const lines = virtualizer.getVirtualItems();
  const atEnd = virtualizer.isAtEnd();
  const unreadIndex = items.findIndex((item) => item.type === 'unread');
  useInitialPosition(virtualizer, unreadIndex);
  useFollowOwn(virtualizer, items);
  useEarlier(conversation.id, lines[0]?.index ?? 0, complete);
  useEffect(() => onAtEnd(atEnd), [atEnd, onAtEnd]);
  const isUnreadAbove = unreadIndex >= 0 && unreadIndex < (virtualizer.range?.startIndex ?? 0);
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scrollRef}
        role="region"
        aria-label={`Texts with ${nameOf(conversation, country)}`}
        // A long thread is scrolled by keyboard too.
        // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
        className="flex min-h-0 flex-1 flex-col overflow-y-auto overscroll-contain -outline-offset-2 [overflow-anchor:none]"
      >
        <ol role="list" className="relative mt-auto shrink-0" style={{ height: virtualizer.getTotalSize() }}>
          {lines.map(({ key, index, start }) => {
            const item = items[index];
            if (!item) return null;
            return (
              <li
                key={key}
                ref={virtualizer.measureElement}
                data-index={index}
                className="absolute inset-x-0 top-0 px-3 md:px-5"
                style={{ transform: `translateY(${start}px)` }}
              >
                <TimelineLine item={item} next={items[index + 1]} />
              </li>
            );
          })}
        </ol>
      </div>
      {loadingEarlier && <LoadingEarlier />}
      {isUnreadAbove && (
        <JumpButton edge="top" onClick={() => virtualizer.scrollToIndex(unreadIndex, { align: 'start' })}>
          <ArrowUp aria-hidden />
          First unread
        </JumpButton>
      )}
      {!atEnd && (
        <JumpButton edge="bottom" onClick={() => virtualizer.scrollToEnd()}>
          <ArrowDown aria-hidden />
          Newest
        </JumpButton>
      )}
    </div>
  );
}

type ThreadVirtualizer = Virtualizer<HTMLDivElement, Element>;

/** Opens at the first unread text, else at the end. */
function useInitialPosition(virtualizer: ThreadVirtualizer, unreadIndex: number): void {
  const done = useRef(false);
  useLayoutEffect(() => {
    if (done.current) return;
    done.current = true;
    if (unreadIndex >= 0) virtualizer.scrollToIndex(Math.max(0, unreadIndex - 1), { align: 'start' });
    else virtualizer.scrollToEnd();
  }, [virtualizer, unreadIndex]);
}

/** Whoever sends a text wants to see it, wherever they were reading. */
function useFollowOwn(virtualizer: ThreadVirtualizer, items: readonly TimelineItem[]): void {
  const last = items.at(-1);
  const ownKey = last?.type === 'waiting' ? last.key : undefined;
  useEffect(() => {
    if (ownKey !== undefined) virtualizer.scrollToEnd();
  }, [ownKey, virtualizer]);
}

function useEarlier(conversationId: string, firstShown: number, complete: boolean): void {
  useEffect(() => {
    if (!complete && firstShown < AHEAD) void loadEarlier(conversationId);
  }, [conversationId, firstShown, complete]);
}

function LoadingEarlier() {
  return (
    <p role="status" className="absolute inset-x-0 top-2 flex justify-center">
      <span className="flex items-center gap-2 rounded-full border bg-card px-3 py-1 text-xs text-muted-foreground">
        <LoaderCircle aria-hidden className="size-3.5 animate-spin" />
        Earlier texts
      </span>
    </p>
  );
}

interface JumpButtonProps {
  edge: 'top' | 'bottom';
  onClick: () => void;
  children: ReactNode;
}

function JumpButton({ edge, onClick, children }: JumpButtonProps) {
  return (
    <div className={edge === 'top' ? 'absolute top-2 right-4' : 'absolute right-4 bottom-2'}>
      <Button variant="outline" size="small" className="rounded-full shadow-raised" onClick={onClick}>
        {children}
      </Button>
    </div>
  );
}
