import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { TextAreaField } from '@/components/ui/Field';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { useMembers } from '@/tasks/memberStore';
import { deleteWithUndo } from './deleteWithUndo';
import { changeNote, LONGEST_NOTE, type Note } from './noteRepository';

interface NoteLineProps {
  note: Note;
  reload: () => Promise<void>;
}

export function NoteLine({ note, reload }: NoteLineProps) {
  const { role } = useCompany();
  const [editing, setEditing] = useState(false);
  if (editing) return <NoteEditor note={note} reload={reload} onDone={() => setEditing(false)} />;
  return (
    <li className="flex flex-wrap items-start justify-end gap-x-2 py-3 pr-2 pl-4 text-sm">
      <div className="min-w-0 flex-1 basis-48">
        <p className="break-words whitespace-pre-wrap">{note.body}</p>
        <NoteFacts note={note} />
      </div>
      {may(role, 'contacts.write') && (
        <NoteActions note={note} reload={reload} onEdit={() => setEditing(true)} />
      )}
    </li>
  );
}

function NoteFacts({ note }: { note: Note }) {
  const { userId } = useCompany();
  const members = useMembers();
  const author =
    note.createdBy === userId
      ? 'You'
      : members.find((member) => member.userId === note.createdBy)?.displayName;
  return (
    <p className="mt-1 flex flex-wrap items-center gap-x-2 text-xs text-muted-foreground">
      {note.pinned && (
        <span className="inline-flex items-center gap-1 font-medium text-foreground">
          <Pin aria-hidden className="size-3.5" />
          Pinned
        </span>
      )}
      {author && <span>{author}</span>}
      <WhenLabel at={note.createdAt} />
    </p>
  );
}

interface NoteActionsProps extends NoteLineProps {
  onEdit: () => void;
}

/** Everybody of the office pins and deletes; only the author changes the words. */
function NoteActions({ note, reload, onEdit }: NoteActionsProps) {
  const { userId } = useCompany();
  const pin = () => void changeNote(note.id, { pinned: !note.pinned }).then(reload, showFailure);
  const remove = () =>
    void deleteWithUndo({ kind: 'note', id: note.id, words: 'The note was deleted.', reload });
  const PinIcon = note.pinned ? PinOff : Pin;
  return (
    <span className="flex shrink-0">
      <Button
        variant="quiet"
        size="icon"
        className="size-8"
        aria-label={note.pinned ? 'Unpin the note' : 'Pin the note'}
        onClick={pin}
      >
        <PinIcon aria-hidden />
      </Button>
      {note.createdBy === userId && (
        <Button variant="quiet" size="icon" className="size-8" aria-label="Change the note" onClick={onEdit}>
          <Pencil aria-hidden />
        </Button>
      )}
      <Button variant="quiet" size="icon" className="size-8" aria-label="Delete the note" onClick={remove}>
        <Trash2 aria-hidden />
      </Button>
    </span>
  );
}

interface NoteEditorProps extends NoteLineProps {
  onDone: () => void;
}

function NoteEditor({ note, reload, onDone }: NoteEditorProps) {
  const action = useAction();
  const [body, setBody] = useState(note.body);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await changeNote(note.id, { body: body.trim() });
      await reload();
    });
    if (done) onDone();
  };
  return (
    <li>
      <form className="grid gap-2 p-4" onSubmit={(event) => void submit(event)}>
        <TextAreaField
          label="Note"
          value={body}
          maxLength={LONGEST_NOTE}
          // The note was opened to be written in.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          onChange={(event) => setBody(event.target.value)}
        />
        <FailureNotice failure={action.failure} />
        <div className="flex gap-2">
          <Button type="submit" size="small" busy={action.busy} disabled={action.busy || body.trim() === ''}>
            Save note
          </Button>
          <Button size="small" variant="outline" onClick={onDone}>
            Cancel
          </Button>
        </div>
      </form>
    </li>
  );
}
