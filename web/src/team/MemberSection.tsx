import { useState, type ReactNode } from 'react';
import { WhenLoaded } from '@/components/WhenLoaded';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { Section } from '@/settings/Section';
import { BringBackDialog } from './BringBackDialog';
import { DeactivateDialog } from './DeactivateDialog';
import { EditMemberDialog } from './EditMemberDialog';
import { HandOverDialog } from './HandOverDialog';
import type { MemberDialogProps } from './memberDialog';
import type { MemberAction, TeamMember } from './memberModel';
import { fetchTeam } from './memberRepository';
import { MemberRow } from './MemberRow';

const DIALOGS: Record<MemberAction, (props: MemberDialogProps) => ReactNode> = {
  edit: EditMemberDialog,
  deactivate: DeactivateDialog,
  'bring-back': BringBackDialog,
  'hand-over': HandOverDialog,
};

export function MemberSection() {
  const team = useLiveLoaded(fetchTeam, 'member_list');
  const [open, setOpen] = useState<{ action: MemberAction; member: TeamMember } | null>(null);
  const close = () => setOpen(null);
  const closeAndLoad = () => {
    close();
    void team.load();
  };
  const OpenDialog = open && DIALOGS[open.action];
  return (
    <Section title="Team" description="Who works here, and what they may see and do.">
      <WhenLoaded loaded={team}>
        {(members) => (
          <ul role="list" className="-my-3 divide-y">
            {members.map((member) => (
              <MemberRow
                key={member.userId}
                member={member}
                onAct={(action) => setOpen({ action, member })}
              />
            ))}
          </ul>
        )}
      </WhenLoaded>
      {OpenDialog && <OpenDialog member={open.member} onClose={close} onDone={closeAndLoad} />}
    </Section>
  );
}
