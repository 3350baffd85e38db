import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { dismissFailure, undoDeletion, useDeletion } from './deletionStore';

/** Says that a draft is gone, while it can be had back. */
export function DeletionBar() {
  const { pending, failure } = useDeletion();
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-20 z-40 mx-auto max-w-md md:bottom-6 [&>*]:pointer-events-auto [&>*]:shadow-raised">
      {pending !== null && (
        <Notice
          tone="info"
          className="border"
          action={
            <Button size="small" variant="outline" onClick={undoDeletion}>
              Undo
            </Button>
          }
        >
          <p className="pt-1">Draft deleted.</p>
        </Notice>
      )}
      {failure && (
        <Notice
          tone="error"
          className="border"
          action={
            <Button size="small" variant="outline" onClick={dismissFailure}>
              OK
            </Button>
          }
        >
          The draft was not deleted. {failure.message}
        </Notice>
      )}
    </div>
  );
}
