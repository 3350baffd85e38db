import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import type { MemberDialogProps } from './memberDialog';
import { deactivateMember } from './memberRepository';

export function DeactivateDialog({ member, onClose, onDone }: MemberDialogProps) {
  const { name } = useCompany();
  const action = useAction();
  const deactivate = async () => {
    if (!(await action.run(() => deactivateMember(member.userId)))) return;
    announce(`${member.displayName} has no access any more`);
    onDone();
  };
  return (
    <Dialog open onClose={onClose} title={`End ${member.displayName}’s access?`}>
      <ul className="grid list-disc gap-1.5 pl-5 text-sm">
        <li>They see nothing of {name} from now on, also on devices where they are signed in.</li>
        <li>What they wrote and did stays, under their name.</li>
        <li>Tasks that are theirs stay theirs until you give them to somebody else.</li>
        <li>You can let them in again at any time.</li>
      </ul>
      <FailureNotice failure={action.failure} />
      <DialogButtons
        cancel="Keep"
        onCancel={onClose}
        action={{
          words: 'End access',
          variant: 'destructive',
          busy: action.busy,
          onClick: () => void deactivate(),
        }}
      />
    </Dialog>
  );
}
