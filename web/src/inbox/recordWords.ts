import { CircleCheckBig, ClipboardList, Merge, Paperclip, StickyNote, type LucideIcon } from 'lucide-react';
import type { RecordEntry } from './threadModel';

interface RecordWords {
  icon: LucideIcon;
  /** What it is: `Task done`. */
  label: string;
  /** What it says; null where the label says all. */
  text: string | null;
}

/** A note, task, file or merge in the words of a stream. */
export function recordWords({ kind, title, body, isOver }: RecordEntry): RecordWords {
  switch (kind) {
    case 'note':
      return { icon: StickyNote, label: 'Note', text: body };
    case 'task':
      return isOver
        ? { icon: CircleCheckBig, label: 'Task done', text: title }
        : { icon: ClipboardList, label: 'Task', text: title };
    case 'attachment':
      return { icon: Paperclip, label: 'File', text: title };
    case 'merge':
      return { icon: Merge, label: isOver ? 'Merge undone' : 'Merged with another contact', text: title };
  }
}
