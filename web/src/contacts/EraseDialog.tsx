import { useEffect, useRef, useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { nameOf } from './contactModel';
import { erasePerson, planErasure, type Erasure } from './erasureRepository';
import { countWords } from './erasureWords';

/** What is typed to confirm: a name may be empty or hard to type. */
const CONFIRMATION = 'ERASE';

interface EraseDialogProps {
  card: ContactCard;
  onClose: () => void;
}

/** Cannot be undone: it shows first what goes and what must stay, and is confirmed by typing. */
export function EraseDialog({ card, onClose }: EraseDialogProps) {
  const { country } = useCompany();
  const navigate = useNavigate();
  const action = useAction();
  const plan = usePlan(card.id);
  const [typed, setTyped] = useState('');
  const name = nameOf(card, country);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await erasePerson(card.id);
    });
    if (!done) return;
    announce(`${name} was erased.`);
    void navigate('/contacts', { replace: true });
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Erase ${name} for good?`}
      description="For people who ask that their data be removed. This cannot be undone."
    >
      {plan.erasure === null ? (
        plan.action.failure === null && (
          <p role="status" className="text-sm text-muted-foreground">
            Counting what there is…
          </p>
        )
      ) : (
        <Facts erasure={plan.erasure} />
      )}
      <FailureNotice failure={plan.action.failure ?? action.failure} />
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label={`Type ${CONFIRMATION} to go on`}
          value={typed}
          autoComplete="off"
          autoCapitalize="characters"
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={onClose}>
            Keep them
          </Button>
          <Button
            type="submit"
            variant="destructive"
            busy={action.busy}
            disabled={action.busy || plan.erasure === null || typed.trim() !== CONFIRMATION}
          >
            Erase for good
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Facts({ erasure }: { erasure: Erasure }) {
  return (
    <>
      <dl className="grid gap-2 text-sm">
        <Fact label="Is deleted">{countWords(erasure.deleted)}</Fact>
        <Fact label="Is emptied: nothing in it tells who it was">{countWords(erasure.emptied)}</Fact>
        <Fact label="Stays, because books and opt-outs must be kept">{countWords(erasure.kept)}</Fact>
      </dl>
      <Notice tone="warning">
        If they opted out, that is kept as a code that only recognizes their number: nobody texts them again
        by mistake.
      </Notice>
    </>
  );
}

function Fact({ label, children }: { label: string; children: string }) {
  return (
    <div>
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** Counts once, when the dialog opens. */
function usePlan(contactId: string) {
  const action = useAction();
  const [erasure, setErasure] = useState<Erasure | null>(null);
  const started = useRef(false);
  useEffect(() => {
    if (started.current) return;
    started.current = true;
    void action.run(async () => setErasure(await planErasure(contactId)));
    // Once, when the dialog opens.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return { erasure, action };
}
