import { Dialog } from '@/components/ui/Dialog';

const KEYS: readonly (readonly [string, string])[] = [
  ['j', 'Next conversation'],
  ['k', 'Previous conversation'],
  ['Enter', 'Open the conversation; in the box: send'],
  ['Shift Enter', 'In the box: new line'],
  ['r', 'Reply'],
  ['u', 'Mark as unread'],
  ['Esc', 'Leave the box'],
  ['?', 'Show these keys'],
];

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keys of the inbox">
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-2.5 text-sm">
        {KEYS.map(([key, words]) => (
          <div key={key} className="col-span-2 grid grid-cols-subgrid">
            <dt>
              {key.split(' ').map((part) => (
                <kbd
                  key={part}
                  className="mr-1 rounded border bg-muted px-1.5 py-0.5 font-sans text-xs font-medium"
                >
                  {part}
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
