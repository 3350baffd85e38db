import { X } from 'lucide-react';
import { useEffect } from 'react';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { takeBack, useUndo, withdrawUndo } from '@/lib/undoStore';
import { onSessionEnd } from '@/session/sessionStore';

onSessionEnd(withdrawUndo);

/** What was just done, for as long as it can be taken back with one press; on whatever page the person is by then. */
export function UndoBar() {
  const { offer, busy, failure } = useUndo();
  useEffect(() => withdrawUndo, []);
  if (!offer && !failure) return null;
  return (
    <div className="pointer-events-none fixed inset-x-4 bottom-20 z-40 mx-auto max-w-md md:bottom-6 [&>*]:pointer-events-auto [&>*]:shadow-raised">
      <Notice
        tone={failure ? 'error' : 'info'}
        className="items-center border py-1.5"
        action={
          <span className="flex items-center gap-1">
            {offer && (
              <Button size="small" variant="outline" busy={busy} onClick={() => void takeBack()}>
                Undo
              </Button>
            )}
            <Button
              size="icon"
              variant="quiet"
              className="size-8"
              aria-label="Dismiss"
              onClick={withdrawUndo}
            >
              <X aria-hidden />
            </Button>
          </span>
        }
      >
        {failure?.message ?? offer?.words}
      </Notice>
    </div>
  );
}
