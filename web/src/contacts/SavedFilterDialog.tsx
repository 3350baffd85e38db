import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import { offerUndo } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import type { ListQuery } from './listModel';
import { changeFilter, deleteFilter, saveFilter, type SavedFilter } from './savedFilterRepository';

/** One that is changed, or a list that becomes a new one. */
export type EditedFilter = { saved: SavedFilter } | { query: ListQuery };

interface SavedFilterDialogProps {
  edited: EditedFilter;
  reload: () => Promise<void>;
  onClose: () => void;
}

export function SavedFilterDialog({ edited, reload, onClose }: SavedFilterDialogProps) {
  const saved = 'saved' in edited ? edited.saved : null;
  const { userId } = useCompany();
  const isMine = saved === null || saved.userId === userId;
  const [id] = useState(() => saved?.id ?? newId());
  const [name, setName] = useState(saved?.name ?? '');
  const [shared, setShared] = useState(saved?.isShared ?? false);
  const [checked, setChecked] = useState(false);
  const action = useAction();
  const finish = async (work: () => Promise<void>) => {
    const done = await action.run(async () => {
      await work();
      await reload();
    });
    if (done) onClose();
  };
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    const words = name.trim();
    if (words === '') return;
    void finish(() =>
      'query' in edited ? saveFilter(id, words, edited.query, shared) : changeFilter(id, words, shared),
    );
  };
  const remove = (filter: SavedFilter) =>
    void finish(async () => {
      await deleteFilter(filter.id);
      offerUndo({
        words: `The filter “${filter.name}” was deleted.`,
        undo: async () => {
          await saveFilter(filter.id, filter.name, filter.query, filter.isShared);
          await reload();
        },
      });
    });
  return (
    <Dialog open onClose={onClose} title={saved ? 'Change the saved filter' : 'Save these filters'}>
      <form noValidate className="grid gap-4" onSubmit={submit}>
        <TextField
          label="Name"
          value={name}
          maxLength={80}
          placeholder="Leads of this spring"
          problem={checked && name.trim() === '' ? 'Give it a name.' : null}
          onChange={(event) => setName(event.target.value)}
        />
        {isMine ? (
          <Checkbox
            label="Share with the company"
            hint="Colleagues can then use, change and delete it."
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
        ) : (
          <p className="text-sm text-muted-foreground">
            A colleague shares it: what you change, changes for all.
          </p>
        )}
        <FailureNotice failure={action.failure} />
        <div className="flex flex-wrap justify-end gap-2">
          {saved && (
            <Button variant="quiet" className="mr-auto" disabled={action.busy} onClick={() => remove(saved)}>
              Delete
            </Button>
          )}
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={action.busy}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
