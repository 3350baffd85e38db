import { cn } from '@/lib/cn';

export function Logo({ className }: { className?: string }) {
  return <img src="/icon.svg" alt="" className={cn('size-9', className)} />;
}
