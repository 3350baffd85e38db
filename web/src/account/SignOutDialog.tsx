import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { forgetDrafts } from '@/inbox/draftStore';
import { countUnsent, forgetOutbox, useOutbox } from '@/inbox/outboxStore';
import { useAction } from '@/lib/useAction';
import { signOut } from '@/session/session';
import type { SignOutScope } from '@/session/sessionApi';

const WORDS = {
  local: { title: 'Sign out of this browser?', button: 'Sign out' },
  global: { title: 'Sign out on all devices?', button: 'Sign out everywhere' },
} satisfies Record<SignOutScope, { title: string; button: string }>;

/** Asks first: what was written here and not sent goes with the session. */
export function SignOutDialog({ scope, onClose }: { scope: SignOutScope; onClose: () => void }) {
  const unsent = useOutbox(countUnsent);
  const action = useAction();
  const { title, button } = WORDS[scope];
  const leave = () =>
    void action.run(async () => {
      await signOut(scope);
      forgetDrafts();
      forgetOutbox();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description="What you began to write here and did not send is removed."
    >
      {unsent > 0 && (
        <p className="text-sm font-medium text-destructive">
          {unsent === 1 ? 'One text has' : `${unsent} texts have`} not been sent yet and would be lost.
        </p>
      )}
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Stay
        </Button>
        <Button busy={action.busy} onClick={leave}>
          {button}
        </Button>
      </div>
    </Dialog>
  );
}
