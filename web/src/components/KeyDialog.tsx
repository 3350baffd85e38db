import { Dialog } from './ui/Dialog';

interface KeyDialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Keys separated by blanks, and what they do. */
  keys: readonly (readonly [keys: string, words: string])[];
}

/** The keys of a screen, which `?` shows. */
export function KeyDialog({ open, onClose, title, keys }: KeyDialogProps) {
  return (
    <Dialog open={open} onClose={onClose} title={title}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5 text-sm">
        {keys.map(([combination, words]) => (
          <div key={combination} className="col-span-2 grid grid-cols-subgrid">
            <dt>
              {combination.split(' ').map((key) => (
                <kbd
                  key={key}
                  className="mr-1 rounded border bg-muted px-1.5 py-0.5 font-sans text-xs font-medium"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
