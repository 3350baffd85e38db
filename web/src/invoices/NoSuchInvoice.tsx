import { SearchX } from 'lucide-react';
import { Link } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { Button } from '@/components/ui/Button';

export function NoSuchInvoice() {
  return (
    <EmptyState
      icon={SearchX}
      title="This invoice does not exist"
      action={
        <Button asChild variant="outline">
          <Link to="/invoices">Back to the invoices</Link>
        </Button>
      }
    >
      It may have been a draft that was deleted, or the address is not complete.
    </EmptyState>
  );
}
