import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import type { ContactImport } from './importModel';
import { startImport } from './importRepository';
import { RowReport } from './RowReport';

interface CheckedStepProps {
  item: ContactImport;
  reload: () => Promise<void>;
  /** Back to the columns and options. */
  onChange: () => void;
}

/** What would happen, before anything does. */
export function CheckedStep({ item, reload, onChange }: CheckedStepProps) {
  const { busy, failure, run } = useAction();
  const start = () =>
    void run(async () => {
      await startImport(item.id);
      await reload();
    });
  const { create, update } = item.counts;
  const writes = create + update;
  return (
    <>
      <Notice tone={writes > 0 ? 'info' : 'warning'}>
        {writes > 0
          ? `Nothing is written yet. The import would add ${plural(create, 'contact')} and update ${plural(update, 'contact')}; it can be undone for 30 days.`
          : 'This import would change nothing.'}
      </Notice>
      <FailureNotice failure={failure} />
      <div className="flex flex-wrap gap-2">
        <Button busy={busy} disabled={writes === 0 || busy} onClick={start}>
          Start the import
        </Button>
        <Button variant="outline" onClick={onChange}>
          Change columns and options
        </Button>
      </div>
      <RowReport item={item} />
    </>
  );
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString()} ${noun}${count === 1 ? '' : 's'}`;
}
