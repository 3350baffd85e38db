import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { formatNumber, parseNumber } from '@/lib/phone';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { addCompanyNumber } from './numberActions';
import { changeNumber, type CompanyNumber } from './numberRepository';
import { loadNumbers } from './numberStore';

interface NumberDialogProps {
  /** Null to add one. */
  number: CompanyNumber | null;
  onClose: () => void;
}

export function NumberDialog({ number, onClose }: NumberDialogProps) {
  const { country } = useCompany();
  const title = number ? `Edit ${formatNumber(number.e164, country)}` : 'Add a number';
  return (
    <Dialog open onClose={onClose} title={title}>
      {number ? <EditForm number={number} onDone={onClose} /> : <AddForm onDone={onClose} />}
    </Dialog>
  );
}

function AddForm({ onDone }: { onDone: () => void }) {
  const { country } = useCompany();
  const action = useAction();
  const [id] = useState(newId);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { number, label } = valuesOf(event, 'number', 'label');
    const e164 = parseNumber(number, country);
    setProblem(e164 ? null : 'That does not look like a phone number. Write it with its area code.');
    if (e164 && (await action.run(() => addCompanyNumber(id, e164, label || null)))) onDone();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <TextField
        label="Number"
        name="number"
        type="tel"
        inputMode="tel"
        autoComplete="off"
        required
        placeholder="(303) 555-0100"
        problem={problem}
      />
      <LabelField />
      <FailureNotice failure={action.failure} />
      <Buttons busy={action.busy} words="Add number" onCancel={onDone} />
    </form>
  );
}

function EditForm({ number, onDone }: { number: CompanyNumber; onDone: () => void }) {
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { label, keywords } = valuesOf(event, 'label', 'keywords');
    const choices = { label: label || null, providerAnswersKeywords: keywords === 'on' };
    const done = await action.run(async () => {
      await changeNumber(number.id, choices);
      await loadNumbers();
    });
    if (done) onDone();
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <LabelField label={number.label} />
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          name="keywords"
          defaultChecked={number.providerAnswersKeywords}
          className="mt-0.5 size-5 shrink-0 accent-primary"
        />
        <span>
          Twilio answers STOP, START and HELP
          <span className="block text-muted-foreground">
            So it does unless you changed it at Twilio. Without the tick FieldLite answers them.
          </span>
        </span>
      </label>
      <FailureNotice failure={action.failure} />
      <Buttons busy={action.busy} words="Save" onCancel={onDone} />
    </form>
  );
}

function LabelField({ label }: { label?: string | null }) {
  return (
    <TextField
      label="Name"
      name="label"
      maxLength={60}
      defaultValue={label ?? ''}
      placeholder="Main line"
      hint="How your team calls it."
    />
  );
}

function Buttons({ busy, words, onCancel }: { busy: boolean; words: string; onCancel: () => void }) {
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button variant="outline" onClick={onCancel}>
        Cancel
      </Button>
      <Button type="submit" busy={busy}>
        {words}
      </Button>
    </div>
  );
}
