import { ArrowUpToLine, Trash2 } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';

interface LineActionsProps<Line> {
  lines: readonly Line[];
  line: Line;
  onChange: (lines: readonly Line[]) => void;
  /** What stands there when the last line was removed. */
  makeEmpty: () => Line;
  className?: string;
}

/** Makes a line the main one, which is the first, or removes it. */
export function LineActions<Line extends { id: string; typed: string }>({
  lines,
  line,
  onChange,
  makeEmpty,
  className,
}: LineActionsProps<Line>) {
  const others = lines.filter(({ id }) => id !== line.id);
  const isMain = lines[0]?.id === line.id;
  const isLast = others.length === 0;
  return (
    // As far down as the box beside it, below its label.
    <span className={cn('flex pt-6.5', className)}>
      {!isMain && (
        <Button
          variant="quiet"
          size="icon"
          aria-label="Make it the main one"
          title="Make it the main one"
          onClick={() => onChange([line, ...others])}
        >
          <ArrowUpToLine aria-hidden />
        </Button>
      )}
      <Button
        variant="quiet"
        size="icon"
        aria-label="Remove"
        title="Remove"
        disabled={isLast && line.typed === ''}
        onClick={() => onChange(isLast ? [makeEmpty()] : others)}
      >
        <Trash2 aria-hidden />
      </Button>
    </span>
  );
}
