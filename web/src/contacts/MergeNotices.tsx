import { useCallback } from 'react';
import { Notice } from '@/components/Notice';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { useLoaded } from '@/database/useLoaded';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { fetchUndoableMerges, undoMerge, type Merge } from './mergeRepository';

interface MergeNoticesProps {
  contactId: string;
  reload: () => Promise<void>;
}

/** Merges of the last 30 days, with the way back. */
export function MergeNotices({ contactId, reload }: MergeNoticesProps) {
  const ask = useCallback(() => fetchUndoableMerges(contactId), [contactId]);
  const { value: merges, load } = useLoaded(ask);
  const reloadBoth = async () => {
    await Promise.all([load(), reload()]);
  };
  return merges?.map((merge) => <MergeNotice key={merge.id} merge={merge} reload={reloadBoth} />);
}

function MergeNotice({ merge, reload }: { merge: Merge; reload: () => Promise<void> }) {
  const { role } = useCompany();
  const action = useAction();
  const undo = () =>
    void action.run(async () => {
      try {
        await undoMerge(merge.id);
        await reload();
      } catch (error) {
        showFailure(error);
      }
    });
  return (
    <Notice
      tone="info"
      className="items-center"
      action={
        may(role, 'contacts.merge') && (
          <Button size="small" variant="outline" busy={action.busy} onClick={undo}>
            Undo the merge
          </Button>
        )
      }
    >
      Merged with {merge.loserName ?? 'another contact'}, <WhenLabel at={merge.createdAt} />
    </Notice>
  );
}
