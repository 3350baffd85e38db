import { cn } from '@/lib/cn';

/** A grey shape where something will be. Decoration: the place that loads says so itself. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-md bg-muted', className)} />;
}
