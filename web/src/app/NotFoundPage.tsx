import { MapPinOff } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/ui/Button';
import { usePageTitle } from '@/lib/usePageTitle';

export function NotFoundPage() {
  usePageTitle('Not found');
  return (
    <EmptyState
      icon={MapPinOff}
      level={1}
      title="There is nothing at this address"
      action={
        <Button asChild variant="outline">
          <Link to="/">Go to the start</Link>
        </Button>
      }
    >
      The link may be old, or a letter got lost on the way.
    </EmptyState>
  );
}
