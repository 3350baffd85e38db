import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: LucideIcon;
  title: string;
  /** Of the heading: 1 where it is the page's own. */
  level?: 1 | 2;
  /** What this place is for. */
  children: ReactNode;
  /** The button that starts it. */
  action?: ReactNode;
}

export function EmptyState({ icon: Icon, title, level = 2, children, action }: EmptyStateProps) {
  const Heading = level === 1 ? 'h1' : 'h2';
  return (
    <div className="m-auto grid max-w-sm justify-items-center gap-3 p-8 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-accent text-accent-foreground">
        <Icon aria-hidden className="size-6" />
      </span>
      <Heading className="text-base font-semibold">{title}</Heading>
      <div className="text-sm text-muted-foreground">{children}</div>
      {action && <div className="mt-1">{action}</div>}
    </div>
  );
}
