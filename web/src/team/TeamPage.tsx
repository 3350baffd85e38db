import { FactorDemandSection } from './FactorDemandSection';
import { InvitationSection } from './InvitationSection';
import { LeaveSection } from './LeaveSection';
import { MemberSection } from './MemberSection';

/** Who works here, who was asked to, and what is demanded of them. */
export function TeamPage() {
  return (
    <>
      <MemberSection />
      <InvitationSection />
      <FactorDemandSection />
      <LeaveSection />
    </>
  );
}
