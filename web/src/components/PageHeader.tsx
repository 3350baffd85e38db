import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { cn } from '@/lib/cn';
import { Button } from './ui/Button';

interface PageHeaderProps {
  title: string;
  /** Where the back arrow leads. */
  back?: { to: string; label: string };
  /** Beside the title, such as a state. */
  badge?: ReactNode;
  action?: ReactNode;
}

/** The line at the top of a page: where this is, and its main action. */
export function PageHeader({ title, back, badge, action }: PageHeaderProps) {
  return (
    <header className="flex min-h-14 shrink-0 items-center gap-2 border-b bg-card px-2 py-2 md:px-6">
      {back && (
        <Button asChild variant="quiet" size="icon">
          <Link to={back.to} aria-label={back.label}>
            <ArrowLeft aria-hidden />
          </Link>
        </Button>
      )}
      <div className={cn('flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1', !back && 'pl-2')}>
        <h1 className="min-w-0 text-lg font-semibold tracking-tight break-words">{title}</h1>
        {badge}
      </div>
      {action}
    </header>
  );
}
