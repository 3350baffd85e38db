import { useRef, useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { LeaveDialog } from '@/components/LeaveDialog';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useUnsavedGuard } from '@/lib/useUnsavedGuard';
import { ContactFields } from './ContactFields';
import { DuplicateWarning } from './DuplicateWarning';
import { hasProblems, problemsOf } from './formModel';
import { useEditedContact, type EditedContact, type EditStart } from './useEditedContact';
import { useVocabulary } from './vocabularyStore';

interface ContactEditorProps {
  start: EditStart;
  isNew: boolean;
}

/** The form of a contact, saved in one call. A page that is left with something unsaved asks first. */
export function ContactEditor({ start, isNew }: ContactEditorProps) {
  const navigate = useNavigate();
  const formRef = useRef<HTMLFormElement>(null);
  const edited = useEditedContact(start);
  const fields = useVocabulary((state) => state.fields);
  const [checked, setChecked] = useState(false);
  const { form, action, isDirty, isStale } = edited;
  const problems = problemsOf(form, fields);
  const { blocker, letGo } = useUnsavedGuard(isDirty);
  const saveAndGo = async (path: string) => {
    setChecked(true);
    if (hasProblems(problems)) {
      focusFirstProblem(formRef.current);
      return;
    }
    if (!(await edited.save())) return;
    letGo();
    void navigate(path, { replace: true });
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    void saveAndGo(`/contacts/${start.id}`);
  };
  return (
    <form ref={formRef} noValidate className="grid gap-6" onSubmit={submit}>
      <DuplicateWarning
        form={form}
        contactId={start.id}
        onMerge={(otherId) => void saveAndGo(`/contacts/merge/${otherId}/${start.id}`)}
      />
      <ContactFields
        form={form}
        onChange={edited.change}
        problems={checked ? problems : null}
        isNew={isNew}
      />
      {isStale ? <StaleNotice edited={edited} /> : <FailureNotice failure={action.failure} />}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={action.busy}>
          {isNew ? 'Save contact' : 'Save changes'}
        </Button>
        <Button
          variant="outline"
          onClick={() => {
            letGo();
            void navigate(isNew ? '/contacts' : `/contacts/${start.id}`);
          }}
        >
          {isDirty ? 'Discard changes' : 'Cancel'}
        </Button>
      </div>
      <LeaveDialog blocker={blocker} />
    </form>
  );
}

/** Nothing was saved, and nothing is lost: what others changed can be taken over under what was typed here. */
function StaleNotice({ edited }: { edited: EditedContact }) {
  return (
    <Notice
      tone="warning"
      action={
        <Button
          size="small"
          variant="outline"
          busy={edited.action.busy}
          onClick={() => void edited.takeOver()}
        >
          Load their changes
        </Button>
      }
    >
      Somebody changed this contact while you were writing. Load their changes, look over the form, and save
      again. What you typed stays.
    </Notice>
  );
}

function focusFirstProblem(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}
