import { useState } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import type { MemberDialogProps } from './memberDialog';
import { changeRole } from './memberRepository';
import { RoleField } from './RoleField';

export function BringBackDialog({ member, onClose, onDone }: MemberDialogProps) {
  const [role, setRole] = useState(member.role);
  const action = useAction();
  const bringBack = async () => {
    if (!(await action.run(() => changeRole(member.userId, role)))) return;
    announce(`${member.displayName} has access again`);
    onDone();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Let ${member.displayName} in again?`}
      description="They sign in as before, and see what their role includes."
    >
      <RoleField role={role} onChange={setRole} />
      <FailureNotice failure={action.failure} />
      <DialogButtons
        onCancel={onClose}
        action={{ words: 'Let in again', busy: action.busy, onClick: () => void bringBack() }}
      />
    </Dialog>
  );
}
