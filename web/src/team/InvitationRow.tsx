import { Clock, Hourglass } from 'lucide-react';
import { useState } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { StatusBadge } from '@/components/StatusBadge';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useAction } from '@/lib/useAction';
import { useNow } from '@/lib/useNow';
import { fullWhen } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { isExpired, type Invitation, type SentInvitation } from './invitationModel';
import { revokeInvitation, sendAgain } from './invitationRepository';
import { isBeyond, ROLE_WORDS } from './memberModel';

const OPEN = { icon: Hourglass, word: 'Open', tone: 'quiet' } as const;
const EXPIRED = { icon: Clock, word: 'Expired', tone: 'unsure' } as const;

interface InvitationRowProps {
  invitation: Invitation;
  onSent: (sent: SentInvitation) => void;
  reload: () => Promise<void>;
}

export function InvitationRow({ invitation, onSent, reload }: InvitationRowProps) {
  const { displayName, email, role } = invitation;
  const me = useCompany();
  const expired = isExpired(invitation, useNow());
  return (
    <li aria-label={displayName} className="grid gap-2 py-3 text-sm">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="min-w-0 font-medium break-words">{displayName}</span>
        <StatusBadge badge={expired ? EXPIRED : OPEN} />
      </div>
      <p className="text-muted-foreground">
        <span className="text-foreground">{ROLE_WORDS[role]}</span> ·{' '}
        <span className="break-all">{email}</span> · {expired ? 'until' : 'good until'}{' '}
        {fullWhen(invitation.expiresAt, me)}
      </p>
      {isBeyond(role, me.role) && (
        <p className="text-xs text-muted-foreground">Only an owner can send this one again.</p>
      )}
      <RowActions invitation={invitation} onSent={onSent} reload={reload} />
    </li>
  );
}

function RowActions({ invitation, onSent, reload }: InvitationRowProps) {
  const { displayName, role } = invitation;
  const [asks, setAsks] = useState(false);
  const action = useAction();
  const maySend = !isBeyond(role, useCompany().role);
  const send = () => void action.run(async () => onSent(await sendAgain(invitation)));
  return (
    <>
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        {maySend && (
          <Button
            variant="outline"
            size="small"
            busy={action.busy}
            aria-label={`Send again: the invitation for ${displayName}`}
            onClick={send}
          >
            Send again
          </Button>
        )}
        <Button
          variant="ghost"
          size="small"
          aria-label={`Take back the invitation for ${displayName}`}
          onClick={() => setAsks(true)}
        >
          Take back
        </Button>
      </div>
      {asks && <RevokeDialog invitation={invitation} onClose={() => setAsks(false)} reload={reload} />}
    </>
  );
}

interface RevokeDialogProps {
  invitation: Invitation;
  onClose: () => void;
  reload: () => Promise<void>;
}

function RevokeDialog({ invitation, onClose, reload }: RevokeDialogProps) {
  const action = useAction();
  const revoke = async () => {
    const done = await action.run(async () => {
      await revokeInvitation(invitation.id);
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Take back the invitation for ${invitation.displayName}?`}
      description="The link in the mail opens nothing any more. You can invite them again."
    >
      <FailureNotice failure={action.failure} />
      <DialogButtons
        cancel="Keep it"
        onCancel={onClose}
        action={{ words: 'Take it back', busy: action.busy, onClick: () => void revoke() }}
      />
    </Dialog>
  );
}
