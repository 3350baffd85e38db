import { ShieldCheck, ShieldOff } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { StatusBadge } from '@/components/StatusBadge';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { Section } from '@/settings/Section';
import { fetchFactorDemand, requireSecondFactor, type FactorDemand } from './factorDemandRepository';

const REQUIRED = { icon: ShieldCheck, word: 'Required of everybody', tone: 'good' } as const;
const OPTIONAL = { icon: ShieldOff, word: 'Everybody decides for themselves', tone: 'quiet' } as const;

export function FactorDemandSection() {
  const demand = useLiveLoaded(fetchFactorDemand, 'tenants');
  return (
    <Section
      title="Second factor"
      description="A code from an authenticator app, asked for after the password. With it a stolen password opens nothing."
    >
      <WhenLoaded loaded={demand}>
        {(known) => (
          <>
            <StatusBadge badge={known.isRequired ? REQUIRED : OPTIONAL} className="justify-self-start" />
            <Decision demand={known} reload={demand.load} />
          </>
        )}
      </WhenLoaded>
    </Section>
  );
}

interface DecisionProps {
  demand: FactorDemand;
  reload: () => Promise<void>;
}

function Decision({ demand, reload }: DecisionProps) {
  const { role } = useCompany();
  const [asks, setAsks] = useState(false);
  const action = useAction();
  if (role !== 'owner')
    return <p className="text-sm text-muted-foreground">Only an owner can decide this.</p>;
  if (!demand.isRequired && !demand.hasGivenOne) return <OwnFirst />;
  const stop = () =>
    void action.run(async () => {
      await requireSecondFactor(false);
      await reload();
    });
  return (
    <>
      <FailureNotice failure={action.failure} />
      {demand.isRequired ? (
        <Button variant="outline" className="justify-self-start" busy={action.busy} onClick={stop}>
          Stop requiring it
        </Button>
      ) : (
        <Button className="justify-self-start" onClick={() => setAsks(true)}>
          Require it of everybody
        </Button>
      )}
      {asks && <RequireDialog onClose={() => setAsks(false)} reload={reload} />}
    </>
  );
}

/** Whoever demands it would lock themselves out otherwise. */
function OwnFirst() {
  return (
    <Notice tone="info">
      <p>
        To require it of everybody, set up your own first, in{' '}
        <Link to="/account" className="font-medium text-primary underline underline-offset-4">
          your account
        </Link>
        .
      </p>
    </Notice>
  );
}

function RequireDialog({ onClose, reload }: { onClose: () => void; reload: () => Promise<void> }) {
  const { name } = useCompany();
  const action = useAction();
  const demand = async () => {
    const done = await action.run(async () => {
      await requireSecondFactor(true);
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Require a second factor of everybody?"
      description={`Whoever has none sees nothing of ${name} from now on, until they have set one up; the page shows them how. It takes a minute and an app on their phone.`}
    >
      <FailureNotice failure={action.failure} />
      <DialogButtons
        onCancel={onClose}
        action={{ words: 'Require it', busy: action.busy, onClick: () => void demand() }}
      />
    </Dialog>
  );
}
