import { useState, type SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import { loadCompany, useCompany } from '@/session/companyStore';
import type { MemberDialogProps } from './memberDialog';
import { isTyped } from './memberModel';
import { handOver } from './memberRepository';

/** Nothing here takes it back, so the name of the company has to be typed. */
export function HandOverDialog({ member, onClose, onDone }: MemberDialogProps) {
  const { name } = useCompany();
  const [typed, setTyped] = useState('');
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await handOver(member.userId);
      await loadCompany();
    });
    if (!done) return;
    announce(`${member.displayName} is the owner now`);
    onDone();
  };
  return (
    <Dialog open onClose={onClose} title={`Hand ${name} over to ${member.displayName}?`}>
      <ul className="grid list-disc gap-1.5 pl-5 text-sm">
        <li>{member.displayName} becomes an owner: the plan, the other owners and all data are theirs.</li>
        <li>You become a manager.</li>
        <li>Only an owner can make you one again.</li>
      </ul>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label={`Type “${name}” to go on`}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <FailureNotice failure={action.failure} />
        <DialogButtons
          onCancel={onClose}
          action={{
            words: 'Hand over',
            variant: 'destructive',
            busy: action.busy,
            disabled: action.busy || !isTyped(typed, name),
          }}
        />
      </form>
    </Dialog>
  );
}
