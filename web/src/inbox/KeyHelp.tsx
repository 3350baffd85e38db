import { KeyDialog } from '@/components/KeyDialog';

const KEYS = [
  ['j', 'Next conversation'],
  ['k', 'Previous conversation'],
  ['Enter', 'Open the conversation; in the box: send'],
  ['Shift Enter', 'In the box: new line'],
  ['r', 'Reply'],
  ['u', 'Mark as unread'],
  ['Esc', 'Leave the box'],
  ['?', 'Show these keys'],
] as const;

export function KeyHelp({ open, onClose }: { open: boolean; onClose: () => void }) {
  return <KeyDialog open={open} onClose={onClose} title="Keys of the inbox" keys={KEYS} />;
}
