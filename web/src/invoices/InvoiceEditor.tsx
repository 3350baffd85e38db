import { useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { TextAreaField, TextField } from '@/components/ui/Field';
import { useAction } from '@/lib/useAction';
import { useLeaveGuard } from '@/lib/useLeaveGuard';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { ContactPicker } from './ContactPicker';
import { nameContact, type ContactChoice } from './contactSearch';
import { draftOf, problemsOf, type DraftForm } from './draftModel';
import { saveDraft, type DraftIds } from './itemRepository';

interface InvoiceEditorProps {
  ids: DraftIds;
  start: DraftForm;
  contact: ContactChoice | null;
  currency: string;
  cancelTo: string;
}

/** The form of a draft. Saved when asked to; a page that is left with something unsaved asks first. */
export function InvoiceEditor({ ids, start, contact: startContact, currency, cancelTo }: InvoiceEditorProps) {
  const navigate = useNavigate();
  const action = useAction();
  const [form, setForm] = useState(start);
  const [contact, setContact] = useState(startContact);
  const [name, setName] = useState('');
  const [checked, setChecked] = useState(false);
  const problems = checked ? problemsOf(form, currency) : {};
  const mayName = useMayName(contact);
  const isDirty = form !== start || name !== '';
  useLeaveGuard(isDirty && !action.busy);
  const change = (part: Partial<DraftForm>) => setForm({ ...form, ...part });
  const choose = (choice: ContactChoice | null) => {
    setContact(choice);
    change({ contactId: choice?.id ?? null });
  };
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    const draft = draftOf(form, currency);
    if (!draft) {
      focusFirstProblem(event.currentTarget);
      return;
    }
    const saved = await action.run(async () => {
      if (mayName && name.trim() !== '') await nameContact(draft.contactId, name.trim());
      await saveDraft(ids, draft, currency);
    });
    if (saved) void navigate(`/invoices/${ids.invoice}`, { replace: true });
  };
  return (
    <form noValidate className="grid gap-5" onSubmit={(event) => void submit(event)}>
      <ContactPicker chosen={contact} onChoose={choose} problem={problems.contact} />
      {mayName && (
        <TextField
          label="Their name"
          value={name}
          maxLength={200}
          autoComplete="off"
          hint="Stands on the invoice, and in your contacts from now on."
          onChange={(event) => setName(event.target.value)}
        />
      )}
      <TextField
        label="Description"
        value={form.description}
        maxLength={500}
        placeholder="Water heater replacement"
        problem={problems.description}
        onChange={(event) => change({ description: event.target.value })}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <TextField
          label={`Amount (${currency})`}
          value={form.amount}
          inputMode="decimal"
          autoComplete="off"
          placeholder="0.00"
          className="text-right tabular-nums"
          problem={problems.amount}
          onChange={(event) => change({ amount: event.target.value })}
        />
        <TextField
          label="Due date"
          type="date"
          value={form.dueOn}
          hint="Left empty: 14 days after it is issued."
          onChange={(event) => change({ dueOn: event.target.value })}
        />
      </div>
      <TextAreaField
        label="Memo"
        value={form.memo}
        maxLength={2_000}
        hint="A few words to your customer. They stand on the invoice."
        onChange={(event) => change({ memo: event.target.value })}
      />
      <Checkbox
        label="They may pay a part of it"
        hint="Without the tick the whole balance is paid at once."
        checked={form.allowsPartialPayment}
        onChange={(event) => change({ allowsPartialPayment: event.target.checked })}
      />
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={action.busy}>
          {action.busy ? 'Saving' : 'Save draft'}
        </Button>
        <Button variant="outline" onClick={() => void navigate(cancelTo)}>
          {isDirty ? 'Discard changes' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

/** Somebody who only texted has no name yet; whoever may change contacts can give them one here. */
function useMayName(contact: ContactChoice | null): boolean {
  const { role } = useCompany();
  return contact !== null && contact.name === null && may(role, 'contacts.write');
}

function focusFirstProblem(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
