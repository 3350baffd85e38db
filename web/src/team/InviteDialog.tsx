import { useState, type SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import type { Role } from '@/session/companyModel';
import type { SentInvitation } from './invitationModel';
import { invite } from './invitationRepository';
import { RoleField } from './RoleField';

interface InviteDialogProps {
  onClose: () => void;
  onSent: (sent: SentInvitation) => void;
}

export function InviteDialog({ onClose, onSent }: InviteDialogProps) {
  // Sent twice it is the same invitation.
  const [id] = useState(newId);
  const [role, setRole] = useState<Role>('dispatcher');
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { name, email } = valuesOf(event, 'name', 'email');
    await action.run(async () => onSent(await invite({ id, email, role, displayName: name })));
  };
  return (
    <Dialog open onClose={onClose} title="Invite somebody">
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label="Name" name="name" required maxLength={120} autoComplete="off" />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          inputMode="email"
          required
          maxLength={254}
          autoComplete="off"
        />
        <RoleField role={role} onChange={setRole} />
        <FailureNotice failure={action.failure} />
        <DialogButtons onCancel={onClose} action={{ words: 'Send the invitation', busy: action.busy }} />
      </form>
    </Dialog>
  );
}
