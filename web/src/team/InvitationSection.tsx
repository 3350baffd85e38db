import { MailPlus } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { Notice } from '@/components/Notice';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Button } from '@/components/ui/Button';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { Section } from '@/settings/Section';
import type { SentInvitation } from './invitationModel';
import { InvitationRow } from './InvitationRow';
import { fetchInvitations } from './invitationRepository';
import { InviteDialog } from './InviteDialog';
import { LinkDialog } from './LinkDialog';

/** Who was asked to work here and has not come yet. */
export function InvitationSection() {
  const invitations = useLiveLoaded(fetchInvitations, 'invitations');
  const [invites, setInvites] = useState(false);
  const [sent, setSent] = useState<SentInvitation | null>(null);
  const tell = (outcome: SentInvitation) => {
    setInvites(false);
    setSent(outcome);
    void invitations.load();
  };
  const button = <Button onClick={() => setInvites(true)}>Invite somebody</Button>;
  const some = invitations.value !== undefined && invitations.value.length > 0;
  return (
    <Section
      title="Invitations"
      description="A mail with a link, good for seven days and for that address only."
      action={some && button}
    >
      {sent?.mailed && (
        <Notice tone="success">
          The invitation is on its way to <span className="break-all">{sent.email}</span>.
        </Notice>
      )}
      <WhenLoaded loaded={invitations}>
        {(open) =>
          open.length === 0 ? (
            <EmptyState icon={MailPlus} title="Nobody is invited" action={button}>
              Invite whoever works with you. They get a mail, and see what their role includes.
            </EmptyState>
          ) : (
            <ul role="list" className="-my-3 divide-y">
              {open.map((invitation) => (
                <InvitationRow
                  key={invitation.id}
                  invitation={invitation}
                  onSent={tell}
                  reload={invitations.load}
                />
              ))}
            </ul>
          )
        }
      </WhenLoaded>
      {invites && <InviteDialog onClose={() => setInvites(false)} onSent={tell} />}
      {sent && !sent.mailed && <LinkDialog sent={sent} onClose={() => setSent(null)} />}
    </Section>
  );
}
