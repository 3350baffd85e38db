import { endFromField, toField } from './hoursModel';

interface TimeFieldProps {
  /** What screen readers call it: the day stands beside it for the others. */
  label: string;
  time: string;
  /** Midnight is the end of this day and not its beginning. */
  endsDay?: boolean;
  wrong: boolean;
  onChange: (time: string) => void;
}

/** The browser's own clock, which every phone has a good wheel for. */
export function TimeField({ label, time, endsDay = false, wrong, onChange }: TimeFieldProps) {
  return (
    <input
      type="time"
      aria-label={label}
      aria-invalid={wrong}
      value={toField(time)}
      onChange={({ target }) => onChange(endsDay ? endFromField(target.value) : target.value)}
      className="h-10 target min-w-0 flex-1 rounded-lg border border-input bg-card px-2 text-sm tabular-nums shadow-xs aria-invalid:border-destructive sm:max-w-36 max-sm:[&::-webkit-calendar-picker-indicator]:hidden"
    />
  );
}
