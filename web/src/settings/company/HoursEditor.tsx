import { DayHours } from './DayHours';
import { copyHours, DAYS, type Day, type Hours } from './hoursModel';

interface HoursEditorProps {
  hours: Hours;
  problems: Partial<Record<Day, string>>;
  onChange: (hours: Hours) => void;
}

export function HoursEditor({ hours, problems, onChange }: HoursEditorProps) {
  return (
    <div className="-my-2 divide-y">
      {DAYS.map((day) => (
        <DayHours
          key={day}
          day={day}
          spans={hours[day]}
          problem={problems[day] ?? null}
          onChange={(spans) => onChange({ ...hours, [day]: spans })}
          onCopy={(days) => onChange(copyHours(hours, day, days))}
        />
      ))}
    </div>
  );
}
