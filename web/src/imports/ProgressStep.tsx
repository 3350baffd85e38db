import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { useAction } from '@/lib/useAction';
import { shareDone, type ContactImport } from './importModel';
import { cancelImport } from './importRepository';
import { ProgressBar } from './ProgressBar';

const WORDS = {
  checking: { title: 'Checking the rows', about: 'Nothing is written yet.' },
  running: { title: 'Importing', about: 'You can leave this page; the import goes on by itself.' },
  undoing: { title: 'Taking the import back', about: 'What somebody changed since stays.' },
} as const;

/** The worker is at it. */
export function ProgressStep({ item, reload }: { item: ContactImport; reload: () => Promise<void> }) {
  const { busy, failure, run } = useAction();
  const step = item.status === 'checking' || item.status === 'undoing' ? item.status : 'running';
  const { title, about } = WORDS[step];
  const cancel = () =>
    void run(async () => {
      await cancelImport(item.id);
      await reload();
    });
  return (
    <section aria-labelledby="progress" className="grid gap-4 rounded-lg border bg-card p-4 md:p-6">
      <div>
        <h2 id="progress" className="text-base font-semibold">
          {title}
        </h2>
        <p className="text-sm text-muted-foreground">{about}</p>
      </div>
      <ProgressBar label={title} share={shareDone(item)} words={progressWords(item)} />
      <FailureNotice failure={failure} />
      {step !== 'undoing' && (
        <Button variant="outline" className="justify-self-start" busy={busy} onClick={cancel}>
          {step === 'checking' ? 'Stop the check' : 'Cancel the import'}
        </Button>
      )}
    </section>
  );
}

function progressWords({ status, checked, rows, done, undone, counts }: ContactImport): string {
  if (status === 'checking') return `${checked.toLocaleString()} of ${rows.toLocaleString()} rows`;
  if (status === 'undoing') return `${undone.toLocaleString()} rows taken back`;
  return `${done.toLocaleString()} of ${(rows - counts.error).toLocaleString()} rows`;
}
