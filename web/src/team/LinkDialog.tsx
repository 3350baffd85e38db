import { CopyButton } from '@/components/CopyButton';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import type { SentInvitation } from './invitationModel';

interface LinkDialogProps {
  sent: SentInvitation;
  onClose: () => void;
}

/** The invitation stands and its mail was not taken: whoever invites hands the link over. */
export function LinkDialog({ sent, onClose }: LinkDialogProps) {
  return (
    <Dialog open onClose={onClose} title="The mail could not be sent">
      <Notice tone="warning">
        The invitation for <span className="break-all">{sent.email}</span> stands. Give them this link
        yourself, or send the mail again later, which makes a new sent.
      </Notice>
      <p className="flex items-center gap-1 rounded-lg border px-3 py-1 text-sm">
        <code className="min-w-0 flex-1 font-mono text-xs break-all select-all">{sent.url}</code>
        <CopyButton value={sent.url} label="Copy the link" />
      </p>
      <p className="text-sm text-muted-foreground">
        It opens for that address only, and is shown here this once.
      </p>
      <Button className="justify-self-end" onClick={onClose}>
        Done
      </Button>
    </Dialog>
  );
}
