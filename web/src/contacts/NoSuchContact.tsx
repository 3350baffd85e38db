import { SearchX } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/ui/Button';

export function NoSuchContact() {
  return (
    <EmptyState
      icon={SearchX}
      level={1}
      title="This contact does not exist"
      action={
        <Button asChild variant="outline">
          <Link to="/contacts">Back to the contacts</Link>
        </Button>
      }
    >
      They may have been deleted, or the address is not complete. Deleted contacts can be restored for a
      while.
    </EmptyState>
  );
}
