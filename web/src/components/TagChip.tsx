import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

export const TAG_COLORS = ['gray', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple'] as const;
export type TagColor = (typeof TAG_COLORS)[number];

const COLORS: Record<TagColor, string> = {
  gray: 'bg-tag-gray-soft text-tag-gray',
  red: 'bg-tag-red-soft text-tag-red',
  orange: 'bg-tag-orange-soft text-tag-orange',
  yellow: 'bg-tag-yellow-soft text-tag-yellow',
  green: 'bg-tag-green-soft text-tag-green',
  teal: 'bg-tag-teal-soft text-tag-teal',
  blue: 'bg-tag-blue-soft text-tag-blue',
  purple: 'bg-tag-purple-soft text-tag-purple',
};

interface TagChipProps {
  color: TagColor;
  children: ReactNode;
  className?: string;
}

/** A tag by its name, in its colour. */
export function TagChip({ color, children, className }: TagChipProps) {
  return (
    <span
      className={cn(
        'inline-flex max-w-full items-center gap-1 rounded-full px-2 py-0.5 text-xs font-medium',
        COLORS[color],
        className,
      )}
    >
      <span className="truncate">{children}</span>
    </span>
  );
}
