import { useCallback } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Dialog } from '@/components/ui/Dialog';
import type { Tag } from '@/contacts/tagModel';
import { useLoaded } from '@/database/useLoaded';
import { offerUndo } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { countUses, deleteTag, restoreTag } from './tagRepository';

interface DeleteTagDialogProps {
  tag: Tag;
  onClose: () => void;
  reload: () => Promise<void>;
}

/** Says first how many contacts have it: a tag that many have took long to put on. */
export function DeleteTagDialog({ tag, onClose, reload }: DeleteTagDialogProps) {
  const uses = useLoaded(useCallback(() => countUses(tag.id), [tag.id]));
  const action = useAction();
  const remove = async () => {
    const done = await action.run(async () => {
      const former = await deleteTag(tag);
      offerUndo({
        words: `The tag ${tag.name} was deleted.`,
        undo: async () => {
          await restoreTag(tag, former);
          await reload();
        },
      });
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={`Delete the tag ${tag.name}?`}>
      <WhenLoaded loaded={uses}>{(count) => <p className="text-sm">{usesWords(count)}</p>}</WhenLoaded>
      <FailureNotice failure={action.failure} />
      <DialogButtons
        cancel="Keep it"
        onCancel={onClose}
        action={{
          words: 'Delete',
          variant: 'destructive',
          busy: action.busy,
          onClick: () => void remove(),
        }}
      />
    </Dialog>
  );
}

function usesWords(count: number): string {
  if (count === 0) return 'No contact has it.';
  return count === 1
    ? 'One contact has it, and loses it. The contact stays.'
    : `${count} contacts have it, and lose it. The contacts stay.`;
}
