import { cn } from '@/lib/cn';
import type { Mark } from './statusModel';

const TONES: Record<Mark['tone'], string> = {
  quiet: 'text-muted-foreground',
  good: 'text-success',
  bad: 'text-destructive',
  unsure: 'text-warning',
};

interface StatusMarkProps {
  mark: Mark;
  /** In a list there is no room for the word; screen readers get it all the same. */
  iconOnly?: boolean;
}

export function StatusMark({ mark, iconOnly = false }: StatusMarkProps) {
  return (
    <span
      className={cn('inline-flex items-center gap-1', TONES[mark.tone])}
      title={iconOnly ? mark.word : undefined}
    >
      <mark.icon aria-hidden className="size-3.5 shrink-0" />
      <span className={cn(iconOnly && 'sr-only')}>{mark.word}</span>
    </span>
  );
}
