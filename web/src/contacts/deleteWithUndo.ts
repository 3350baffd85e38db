import { offerUndo, showFailure } from '@/lib/undoStore';
import { deleteRecord, restoreRecord, type RecordKind } from './recordRepository';

interface Deletion {
  kind: RecordKind;
  id: string;
  /** What is said then: `The note was deleted.` */
  words: string;
  /** Shows the change on the page. */
  reload: () => Promise<void>;
}

/** Deletes at once and offers to take it back; true when it is gone. */
export async function deleteWithUndo({ kind, id, words, reload }: Deletion): Promise<boolean> {
  try {
    await deleteRecord(kind, id);
  } catch (error) {
    showFailure(error);
    return false;
  }
  offerUndo({
    words,
    undo: async () => {
      await restoreRecord(kind, id);
      await reload();
    },
  });
  await reload();
  return true;
}
