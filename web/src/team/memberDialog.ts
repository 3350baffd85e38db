import type { TeamMember } from './memberModel';

/** What every dialog about a member is given. */
export interface MemberDialogProps {
  member: TeamMember;
  onClose: () => void;
  /** After it is done: shows the change. */
  onDone: () => void;
}
