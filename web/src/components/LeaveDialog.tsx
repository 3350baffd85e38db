import type { Blocker } from 'react-router';
import { Button } from './ui/Button';
import { Dialog } from './ui/Dialog';

/** Asks before what was typed is lost to another page. */
export function LeaveDialog({ blocker }: { blocker: Blocker }) {
  if (blocker.state !== 'blocked') return null;
  return (
    <Dialog
      open
      onClose={() => blocker.reset()}
      title="Leave without saving?"
      description="What you changed here is not saved yet."
    >
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={() => blocker.proceed()}>
          Leave
        </Button>
        <Button onClick={() => blocker.reset()}>Keep editing</Button>
      </div>
    </Dialog>
  );
}
