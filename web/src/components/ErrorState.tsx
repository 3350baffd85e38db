import { CloudOff, TriangleAlert } from 'lucide-react';
import type { Failure } from '@/lib/failure';
import { Reference } from './FailureNotice';
import { Button } from './ui/Button';

export interface ErrorStateProps {
  failure: Failure;
  onRetry: () => void;
}

/** A place that could not be loaded: what happened, what to do, what to tell support. */
export function ErrorState({ failure, onRetry }: ErrorStateProps) {
  const Icon = failure.kind === 'offline' ? CloudOff : TriangleAlert;
  return (
    <div role="alert" className="m-auto grid max-w-sm justify-items-center gap-3 p-8 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-destructive-soft text-destructive">
        <Icon aria-hidden className="size-6" />
      </span>
      <h2 className="text-base font-semibold">
        {failure.kind === 'offline' ? 'No connection' : 'This could not be loaded'}
      </h2>
      <div className="text-sm text-muted-foreground">
        <p>{failure.message}</p>
        {failure.kind !== 'offline' && <Reference failure={failure} />}
      </div>
      <Button variant="outline" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
