import { useState } from 'react';
import { Link } from 'react-router';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { openChosenCompany } from '@/session/session';
import { Section } from '@/settings/Section';
import { isLastOwner } from './memberModel';
import { fetchTeam, leaveCompany } from './memberRepository';

/** Ending one's own access; everybody may, whatever their role. */
export function LeaveSection() {
  const company = useCompany();
  const team = useLiveLoaded(fetchTeam, 'member_list');
  const [asks, setAsks] = useState(false);
  return (
    <Section title={`Leave ${company.name}`} description="Ends your own access to this company, at once.">
      <WhenLoaded loaded={team}>
        {(members) =>
          isLastOwner(members, company) ? (
            <Notice tone="info">
              <p>
                You are the only owner, and a company needs one. Hand it over first: in the{' '}
                <Link to="/settings/team" className="text-primary underline underline-offset-4">
                  team
                </Link>
                , under the name of whoever shall have it.
              </p>
            </Notice>
          ) : (
            <Button variant="outline" className="justify-self-start" onClick={() => setAsks(true)}>
              Leave the company
            </Button>
          )
        }
      </WhenLoaded>
      {asks && <LeaveCompanyDialog name={company.name} onClose={() => setAsks(false)} />}
    </Section>
  );
}

function LeaveCompanyDialog({ name, onClose }: { name: string; onClose: () => void }) {
  const action = useAction();
  const leave = () =>
    void action.run(async () => {
      await leaveCompany();
      openChosenCompany();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Leave ${name}?`}
      description="You see nothing of it from now on. What you wrote stays, under your name. Only an owner or manager can let you in again; your account and your other companies stay as they are."
    >
      <FailureNotice failure={action.failure} />
      <DialogButtons
        cancel="Stay"
        onCancel={onClose}
        action={{ words: 'Leave', variant: 'destructive', busy: action.busy, onClick: leave }}
      />
    </Dialog>
  );
}
