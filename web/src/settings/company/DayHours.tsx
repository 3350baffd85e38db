import { CircleAlert, Copy, Plus, X } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/Menu';
import { DAY_WORDS, DAYS, MOST_SPANS, nextSpan, WORKDAYS, type Day, type Span } from './hoursModel';
import { TimeField } from './TimeField';

interface DayHoursProps {
  day: Day;
  spans: readonly Span[];
  problem: string | null;
  onChange: (spans: readonly Span[]) => void;
  /** Gives other days the same hours. */
  onCopy: (days: readonly Day[]) => void;
}

/** One day: closed, or open in up to four spans. */
export function DayHours({ day, spans, problem, onChange, onCopy }: DayHoursProps) {
  const isOpen = spans.length > 0;
  const name = DAY_WORDS[day];
  const put = (index: number, span: Span) => onChange(spans.map((each, at) => (at === index ? span : each)));
  const drop = (index: number) => onChange(spans.filter((_, at) => at !== index));
  return (
    <div
      role="group"
      aria-label={name}
      className="grid gap-x-4 gap-y-2 py-3 sm:grid-cols-[8rem_1fr_auto] sm:items-start"
    >
      <div className="flex items-center justify-between gap-2 sm:min-h-10">
        <Checkbox label={name} checked={isOpen} onChange={() => onChange(isOpen ? [] : [nextSpan([])])} />
        <span className="sm:hidden">
          <CopyMenu name={name} onCopy={onCopy} />
        </span>
      </div>
      <div className="grid min-w-0 gap-2">
        {!isOpen && <p className="flex items-center text-sm text-muted-foreground sm:min-h-10">Closed</p>}
        {spans.map((span, index) => (
          <SpanFields
            // Spans have no identity but their place.
            key={index}
            words={spans.length === 1 ? name : `${name}, hours ${index + 1}`}
            span={span}
            wrong={problem !== null}
            onChange={(changed) => put(index, changed)}
            onRemove={() => drop(index)}
          />
        ))}
        {problem && (
          <p className="flex items-start gap-1.5 text-sm text-destructive">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        )}
        {isOpen && spans.length < MOST_SPANS && (
          <Button
            variant="ghost"
            size="small"
            className="justify-self-start"
            aria-label={`Add hours to ${name}`}
            onClick={() => onChange([...spans, nextSpan(spans)])}
          >
            <Plus aria-hidden />
            Add hours
          </Button>
        )}
      </div>
      <span className="max-sm:hidden">
        <CopyMenu name={name} onCopy={onCopy} />
      </span>
    </div>
  );
}

interface SpanFieldsProps {
  words: string;
  span: Span;
  wrong: boolean;
  onChange: (span: Span) => void;
  onRemove: () => void;
}

function SpanFields({ words, span, wrong, onChange, onRemove }: SpanFieldsProps) {
  return (
    <div className="flex min-w-0 items-center gap-2">
      <TimeField
        label={`${words}: opens`}
        time={span.from}
        wrong={wrong}
        onChange={(from) => onChange({ ...span, from })}
      />
      <span aria-hidden className="text-muted-foreground">
        –
      </span>
      <TimeField
        label={`${words}: closes`}
        time={span.to}
        endsDay
        wrong={wrong}
        onChange={(to) => onChange({ ...span, to })}
      />
      <Button variant="quiet" size="icon" aria-label={`Remove ${words}`} onClick={onRemove}>
        <X aria-hidden />
      </Button>
    </div>
  );
}

function CopyMenu({ name, onCopy }: { name: string; onCopy: (days: readonly Day[]) => void }) {
  return (
    <Menu>
      <MenuTrigger asChild>
        <Button variant="quiet" size="icon" aria-label={`Copy the hours of ${name}`}>
          <Copy aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        <MenuItem onSelect={() => onCopy(WORKDAYS)}>To Monday to Friday</MenuItem>
        <MenuItem onSelect={() => onCopy(DAYS)}>To all days</MenuItem>
      </MenuContent>
    </Menu>
  );
}
