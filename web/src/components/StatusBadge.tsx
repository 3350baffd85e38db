import type { LucideIcon } from 'lucide-react';
import { cn } from '@/lib/cn';

/** A state, by icon and by word, never by colour alone. */
export interface Badge {
  icon: LucideIcon;
  word: string;
  tone: 'quiet' | 'good' | 'bad' | 'unsure';
}

const TONES: Record<Badge['tone'], string> = {
  quiet: 'bg-muted text-foreground [&_svg]:text-muted-foreground',
  good: 'bg-success-soft text-success',
  bad: 'bg-destructive-soft text-destructive',
  unsure: 'bg-warning-soft text-warning',
};

export function StatusBadge({ badge, className }: { badge: Badge; className?: string }) {
  return (
    <span
      className={cn(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-0.5 text-xs font-medium whitespace-nowrap',
        TONES[badge.tone],
        className,
      )}
    >
      <badge.icon aria-hidden className="size-3.5 shrink-0" />
      {badge.word}
    </span>
  );
}
