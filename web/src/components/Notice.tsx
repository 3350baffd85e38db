import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/lib/cn';

const TONES = {
  info: { icon: Info, classes: 'bg-muted text-foreground', iconClasses: 'text-muted-foreground' },
  success: { icon: CircleCheck, classes: 'bg-success-soft text-foreground', iconClasses: 'text-success' },
  warning: { icon: TriangleAlert, classes: 'bg-warning-soft text-foreground', iconClasses: 'text-warning' },
  error: {
    icon: CircleAlert,
    classes: 'bg-destructive-soft text-foreground',
    iconClasses: 'text-destructive',
  },
} as const;

interface NoticeProps {
  tone: keyof typeof TONES;
  children: ReactNode;
  /** The way out: a button or a link. */
  action?: ReactNode;
  className?: string;
}

/** A few words beside what they are about. Errors are announced at once, the rest politely. */
export function Notice({ tone, children, action, className }: NoticeProps) {
  const { icon: Icon, classes, iconClasses } = TONES[tone];
  return (
    <div
      role={tone === 'error' ? 'alert' : 'status'}
      className={cn('flex items-start gap-2.5 rounded-lg px-3 py-2.5 text-sm', classes, className)}
    >
      <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', iconClasses)} />
      <div className="min-w-0 flex-1 break-words">{children}</div>
      {action}
    </div>
  );
}
