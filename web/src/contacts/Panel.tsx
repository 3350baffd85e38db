import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

interface PanelProps {
  title: string;
  /** How many there are, when that helps. */
  count?: number;
  /** The main button of the panel. */
  action?: ReactNode;
  children: ReactNode;
  className?: string;
}

/** One card of a contact's page. */
export function Panel({ title, count, action, children, className }: PanelProps) {
  return (
    <section aria-label={title} className={cn('min-w-0 rounded-lg border bg-card', className)}>
      <header className="flex min-h-12 items-center gap-2 py-1 pr-2 pl-4">
        <h2 className="min-w-0 flex-1 text-sm font-semibold">
          {title}
          {count !== undefined && count > 0 && (
            <span className="ml-2 font-normal text-muted-foreground tabular-nums">{count}</span>
          )}
        </h2>
        {action}
      </header>
      {children}
    </section>
  );
}
