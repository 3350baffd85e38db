import { cn } from '@/lib/cn';
import { isDecided, sideOf, type MergeChoices, type MergeField, type Side } from './mergeModel';

interface MergeFieldRowProps {
  field: MergeField;
  choices: MergeChoices;
  onChoose: (side: Side) => void;
}

const SIDES: readonly Side[] = ['winner', 'loser'];

/** The two values of a field to choose between; where they do not differ there is nothing to choose. */
export function MergeFieldRow({ field, choices, onChoose }: MergeFieldRowProps) {
  const chosen = sideOf(field, choices);
  return (
    <fieldset className="grid grid-cols-2 gap-x-2 border-b px-4 py-2 text-sm last:border-b-0">
      <legend className="col-span-2 float-left w-full text-xs text-muted-foreground">{field.label}</legend>
      {SIDES.map((side) => (
        <Value
          key={side}
          name={field.name}
          words={field[side]}
          kept={side === chosen}
          onChoose={isDecided(field) ? null : () => onChoose(side)}
        />
      ))}
    </fieldset>
  );
}

interface ValueProps {
  name: string;
  words: string | null;
  kept: boolean;
  /** Null where there is nothing to choose. */
  onChoose: (() => void) | null;
}

function Value({ name, words, kept, onChoose }: ValueProps) {
  const text = words ?? '–';
  if (!onChoose) {
    return <p className={cn('min-w-0 py-1 break-words', !kept && 'text-muted-foreground')}>{text}</p>;
  }
  return (
    <label className="flex target min-w-0 items-center gap-2 py-1">
      <input
        type="radio"
        name={name}
        checked={kept}
        onChange={onChoose}
        className="size-4 shrink-0 accent-primary"
      />
      <span className={cn('min-w-0 break-words', !kept && 'text-muted-foreground')}>{text}</span>
    </label>
  );
}
