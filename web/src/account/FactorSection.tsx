import { Plus, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useAction } from '@/lib/useAction';
import { fullWhen } from '@/lib/when';
import { loadCompany, usePlace } from '@/session/companyStore';
import { renewAccessToken } from '@/session/session';
import { Section } from '@/settings/Section';
import { removeFactor } from './accountRepository';
import { EnrolFactor } from './EnrolFactor';
import type { Factor } from './factorModel';
import { useFactors } from './useFactors';

export function FactorSection() {
  const { factors, failure, load } = useFactors();
  const [open, setOpen] = useState<'add' | Factor | null>(null);
  const close = () => setOpen(null);
  const closeAndLoad = () => {
    close();
    void load();
  };
  return (
    <Section
      title="Second factor"
      description="A code from an authenticator app, asked for after the password. Whoever learns your password still cannot get in."
    >
      {failure && <ErrorState failure={failure} onRetry={() => void load()} />}
      {factors && factors.length > 0 && <FactorList factors={factors} onRemove={setOpen} />}
      {factors && (
        <Button variant="outline" className="justify-self-start" onClick={() => setOpen('add')}>
          <Plus aria-hidden />
          {factors.length === 0 ? 'Set up an authenticator app' : 'Add another app'}
        </Button>
      )}
      {open === 'add' && (
        <Dialog open onClose={close} title="Set up an authenticator app">
          <EnrolFactor onDone={closeAndLoad} />
        </Dialog>
      )}
      {open !== null && open !== 'add' && (
        <RemoveDialog factor={open} onClose={close} onRemoved={closeAndLoad} />
      )}
    </Section>
  );
}

interface FactorListProps {
  factors: readonly Factor[];
  onRemove: (factor: Factor) => void;
}

function FactorList({ factors, onRemove }: FactorListProps) {
  const place = usePlace();
  return (
    <ul role="list" className="-my-2 divide-y">
      {factors.map((factor) => (
        <li key={factor.id} className="flex items-center gap-3 py-3">
          <ShieldCheck aria-hidden className="size-5 shrink-0 text-success" />
          <div className="min-w-0 flex-1 text-sm">
            <p className="font-medium break-words">{factor.name}</p>
            <p className="text-muted-foreground">Since {fullWhen(factor.createdAt, place)}</p>
          </div>
          <Button variant="outline" aria-label={`Remove ${factor.name}`} onClick={() => onRemove(factor)}>
            Remove
          </Button>
        </li>
      ))}
    </ul>
  );
}

interface RemoveDialogProps {
  factor: Factor;
  onClose: () => void;
  onRemoved: () => void;
}

function RemoveDialog({ factor, onClose, onRemoved }: RemoveDialogProps) {
  const action = useAction();
  const remove = async () => {
    const done = await action.run(async () => {
      await removeFactor(factor.id);
      // The token still says that a second factor was given; the next one does not.
      await renewAccessToken();
      await loadCompany();
    });
    if (done) onRemoved();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Remove ${factor.name}?`}
      description="Its codes no longer count. Without any second factor your password alone opens your account; if your company demands one, you set up another at once."
    >
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Keep it
        </Button>
        <Button variant="destructive" busy={action.busy} onClick={() => void remove()}>
          Remove it
        </Button>
      </div>
    </Dialog>
  );
}
