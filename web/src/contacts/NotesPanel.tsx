import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { NoteComposer } from './NoteComposer';
import { NoteLine } from './NoteLine';
import { fetchNotes, type Note } from './noteRepository';
import { Panel } from './Panel';

const FIRST = 5;
const MOST = 200;

/** What the company wrote down about the contact: pinned notes first, then the newest. */
export function NotesPanel({ contactId }: { contactId: string }) {
  const { role } = useCompany();
  const [all, setAll] = useState(false);
  const { notes, load } = useNotes(contactId);
  const mayWrite = may(role, 'contacts.write');
  const shown = all ? notes : notes.filter(({ pinned }, index) => pinned || index < FIRST);
  if (!mayWrite && notes.length === 0) return null;
  return (
    <Panel title="Notes" count={notes.length}>
      {mayWrite && <NoteComposer contactId={contactId} reload={load} />}
      <ul role="list" className="divide-y border-t empty:hidden">
        {shown.map((note) => (
          <NoteLine key={note.id} note={note} reload={load} />
        ))}
      </ul>
      {shown.length < notes.length && (
        <Button variant="link" className="px-4 py-2" onClick={() => setAll(true)}>
          Show all {notes.length} notes
        </Button>
      )}
    </Panel>
  );
}

function useNotes(contactId: string) {
  const [notes, setNotes] = useState<Note[]>([]);
  const load = useCallback(async () => {
    try {
      setNotes(await fetchNotes(contactId, MOST));
    } catch (error) {
      // The activity shows them too, and the next look tries again.
      console.warn("could not load the contact's notes", error);
    }
  }, [contactId]);
  useLiveQuery(load, 'thread_entries');
  return { notes, load };
}
