import {
  Crown,
  DoorClosed,
  Lock,
  MoreHorizontal,
  Pencil,
  UserCheck,
  UserX,
  type LucideIcon,
} from 'lucide-react';
import { useRef } from 'react';
import { Avatar } from '@/components/Avatar';
import { StatusBadge } from '@/components/StatusBadge';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/Menu';
import { useCompany } from '@/session/companyStore';
import { actionsOn, isBeyond, ROLE_WORDS, type MemberAction, type TeamMember } from './memberModel';

interface MemberRowProps {
  member: TeamMember;
  onAct: (action: MemberAction) => void;
}

export function MemberRow({ member, onAct }: MemberRowProps) {
  const { userId, displayName, role, email, deactivatedAt } = member;
  const me = useCompany();
  const isMe = userId === me.userId;
  return (
    <li aria-label={displayName} className="flex items-start gap-3 py-3">
      <Avatar name={displayName} className={deactivatedAt === null ? '' : 'opacity-60'} />
      <div className="min-w-0 flex-1 text-sm">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <span className="min-w-0 font-medium break-words">{displayName}</span>
          {isMe && <span className="text-muted-foreground">(you)</span>}
          {deactivatedAt !== null && (
            <StatusBadge badge={{ icon: DoorClosed, word: 'No access', tone: 'quiet' }} />
          )}
        </p>
        <p>{ROLE_WORDS[role]}</p>
        {email && <p className="break-all text-muted-foreground">{email}</p>}
        {!isMe && <SignOfLife member={member} />}
        {!isMe && isBeyond(role, me.role) && (
          <p className="mt-1 flex items-center gap-1.5 text-xs text-muted-foreground">
            <Lock aria-hidden className="size-3.5 shrink-0" />
            Only an owner can change this.
          </p>
        )}
      </div>
      <ActionMenu name={displayName} actions={actionsOn(member, me)} onAct={onAct} />
    </li>
  );
}

function SignOfLife({ member: { deactivatedAt, lastSeenAt } }: { member: TeamMember }) {
  if (deactivatedAt !== null) {
    return (
      <p className="text-muted-foreground">
        Left <WhenLabel at={deactivatedAt} />
      </p>
    );
  }
  return (
    <p className="text-muted-foreground">
      {lastSeenAt === null ? (
        'Not signed in'
      ) : (
        <>
          Last seen <WhenLabel at={lastSeenAt} />
        </>
      )}
    </p>
  );
}

const ACTIONS: Record<MemberAction, { icon: LucideIcon; words: string }> = {
  edit: { icon: Pencil, words: 'Change role or name…' },
  'hand-over': { icon: Crown, words: 'Hand the company over…' },
  deactivate: { icon: UserX, words: 'End access…' },
  'bring-back': { icon: UserCheck, words: 'Let in again…' },
};

interface ActionMenuProps {
  name: string;
  actions: readonly MemberAction[];
  onAct: (action: MemberAction) => void;
}

function ActionMenu({ name, actions, onAct }: ActionMenuProps) {
  // The menu gives the focus back to its button first, so that the dialog can give it back there too.
  const chosen = useRef<MemberAction | null>(null);
  const act = () => {
    if (chosen.current) onAct(chosen.current);
    chosen.current = null;
  };
  if (actions.length === 0) return null;
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={`More about ${name}`}>
          <MoreHorizontal aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="end" onCloseAutoFocus={act}>
        {actions.map((action) => {
          const { icon: Icon, words } = ACTIONS[action];
          return (
            <MenuItem key={action} onSelect={() => (chosen.current = action)}>
              <Icon aria-hidden />
              {words}
            </MenuItem>
          );
        })}
      </MenuContent>
    </Menu>
  );
}
