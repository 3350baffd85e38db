import { useState, type KeyboardEvent, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextAreaField } from '@/components/ui/Field';
import { useAction } from '@/lib/useAction';
import { useLeaveGuard } from '@/lib/useLeaveGuard';
import { newId } from '@/lib/uuid';
import { addNote, LONGEST_NOTE } from './noteRepository';

interface NoteComposerProps {
  contactId: string;
  reload: () => Promise<void>;
}

/** Writes a note. It is kept in the box until the database has it. */
export function NoteComposer({ contactId, reload }: NoteComposerProps) {
  const action = useAction();
  const [id, setId] = useState(newId);
  const [body, setBody] = useState('');
  const blank = body.trim() === '';
  useLeaveGuard(!blank);
  const add = () =>
    void action.run(async () => {
      await addNote(id, contactId, body.trim());
      setBody('');
      setId(newId());
      await reload();
    });
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!blank) add();
  };
  const handleKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || blank) return;
    event.preventDefault();
    add();
  };
  return (
    <form className="grid gap-2 px-4 pb-4" onSubmit={submit}>
      <TextAreaField
        label="New note"
        value={body}
        maxLength={LONGEST_NOTE}
        placeholder="Only your company sees it"
        className="min-h-16"
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={handleKey}
      />
      <FailureNotice failure={action.failure} />
      {!blank && (
        <Button type="submit" size="small" className="justify-self-start" busy={action.busy}>
          Add note
        </Button>
      )}
    </form>
  );
}
