import { useState, type SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { announce } from '@/lib/announcer';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import type { MemberDialogProps } from './memberDialog';
import { changeRole, renameMember } from './memberRepository';
import { RoleField } from './RoleField';

export function EditMemberDialog({ member, onClose, onDone }: MemberDialogProps) {
  const { userId, displayName } = member;
  const [role, setRole] = useState(member.role);
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { name } = valuesOf(event, 'name');
    const done = await action.run(async () => {
      if (name !== displayName) await renameMember(userId, name);
      if (role !== member.role) await changeRole(userId, role);
    });
    if (!done) return;
    announce(`${name} is changed`);
    onDone();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Change ${displayName}`}
      description="A new role counts at once, also on pages that they have open."
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Name"
          name="name"
          required
          maxLength={120}
          autoComplete="off"
          defaultValue={displayName}
        />
        <RoleField role={role} onChange={setRole} />
        <FailureNotice failure={action.failure} />
        <DialogButtons onCancel={onClose} action={{ words: 'Save', busy: action.busy }} />
      </form>
    </Dialog>
  );
}
