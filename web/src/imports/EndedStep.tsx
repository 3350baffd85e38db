import { Link } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { useNow } from '@/lib/useNow';
import { canUndo, type ContactImport } from './importModel';
import { undoImport } from './importRepository';
import { RowReport } from './RowReport';

/** Done, canceled, failed or undone: what came of it, and the way back. */
export function EndedStep({ item, reload }: { item: ContactImport; reload: () => Promise<void> }) {
  const { busy, failure, run } = useAction();
  const now = useNow();
  const undo = () =>
    void run(async () => {
      await undoImport(item.id);
      await reload();
    });
  return (
    <>
      <Outcome item={item} />
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap gap-2">
        {item.status === 'done' && (
          <Button asChild>
            <Link to="/contacts">Go to the contacts</Link>
          </Button>
        )}
        {canUndo(item, now.getTime()) && (
          <Button variant="outline" busy={busy} onClick={undo}>
            Undo the import
          </Button>
        )}
      </div>
      {item.checked > 0 && <RowReport item={item} />}
    </>
  );
}

function Outcome({ item }: { item: ContactImport }) {
  const { create, update, skip, error } = item.counts;
  switch (item.status) {
    case 'done':
      return (
        <Notice tone="success">
          {create.toLocaleString()} added, {update.toLocaleString()} updated, {skip.toLocaleString()} skipped
          {error > 0 && `, ${error.toLocaleString()} could not be imported`}.
        </Notice>
      );
    case 'undone':
      return (
        <Notice tone={item.left > 0 ? 'warning' : 'success'}>
          {item.left > 0
            ? `The import was taken back, except for ${item.left.toLocaleString()} rows whose contacts somebody changed since.`
            : 'The import was taken back, all of it.'}
        </Notice>
      );
    case 'failed':
      return <Notice tone="error">{item.error ?? 'The import stopped.'}</Notice>;
    default:
      return (
        <Notice tone="info">
          {item.done > 0
            ? `The import was canceled after ${item.done.toLocaleString()} rows. What was imported until then is there.`
            : 'The import was canceled before anything was written.'}
        </Notice>
      );
  }
}
