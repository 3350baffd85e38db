import { User } from 'lucide-react';
import { cn } from '@/lib/cn';

/** Initials of a name; a figure while nobody said who it is. */
export function Avatar({ name, className }: { name: string | null; className?: string }) {
  const initials = name === null ? '' : initialsOf(name);
  return (
    <span
      aria-hidden
      className={cn(
        'grid size-10 shrink-0 place-items-center rounded-full bg-accent text-sm font-semibold text-accent-foreground',
        className,
      )}
    >
      {initials === '' ? <User className="size-5" /> : initials}
    </span>
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return ends.map((word) => Array.from(word ?? '')[0]?.toUpperCase() ?? '').join('');
}
