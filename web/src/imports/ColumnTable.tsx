import { CircleAlert } from 'lucide-react';
import type { CustomField } from '@/contacts/customFieldModel';
import { cn } from '@/lib/cn';
import type { Mapping } from './importModel';
import type { ImportRow } from './importRowModel';
import { columnProblem, targetGroups, type TargetGroup } from './targetModel';

interface ColumnTableProps {
  headers: readonly string[];
  /** The first rows of the file. */
  sample: readonly ImportRow[];
  mapping: Mapping;
  fields: readonly CustomField[];
  onChange: (column: number, target: string | null) => void;
}

/** One line for each column of the file: its heading, what the first rows have in it, and what it becomes. */
export function ColumnTable({ headers, sample, mapping, fields, onChange }: ColumnTableProps) {
  const groups = targetGroups(fields);
  return (
    <section aria-labelledby="columns" className="grid gap-2">
      <h2 id="columns" className="text-base font-semibold">
        What is in the columns?
      </h2>
      <ul role="list" className="divide-y rounded-lg border bg-card">
        {headers.map((header, column) => (
          <ColumnLine
            key={column}
            header={header}
            cells={sample.map((row) => row.cells[column] ?? '').filter((cell) => cell.trim() !== '')}
            target={mapping[column] ?? null}
            problem={columnProblem(mapping, column)}
            groups={groups}
            onChange={(target) => onChange(column, target)}
          />
        ))}
      </ul>
    </section>
  );
}

interface ColumnLineProps {
  header: string;
  cells: readonly string[];
  target: string | null;
  problem: string | null;
  groups: readonly TargetGroup[];
  onChange: (target: string | null) => void;
}

function ColumnLine({ header, cells, target, problem, groups, onChange }: ColumnLineProps) {
  return (
    <li className="grid gap-x-4 gap-y-2 px-4 py-3 text-sm sm:grid-cols-2">
      <div className="min-w-0">
        <p className={cn('font-medium break-words', target === null && 'text-muted-foreground')}>{header}</p>
        <p className="truncate text-muted-foreground">
          {cells.length > 0 ? cells.join(' · ') : 'Empty in the first rows'}
        </p>
      </div>
      <div className="grid content-start gap-1">
        <select
          aria-label={`What “${header}” is`}
          aria-invalid={problem !== null}
          value={target ?? ''}
          onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
          className="h-10 target w-full min-w-0 rounded-lg border border-input bg-card px-3 aria-invalid:border-destructive"
        >
          <option value="">Leave out</option>
          {groups.map((group) => (
            <optgroup key={group.label} label={group.label}>
              {group.targets.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
        {problem !== null && (
          <p className="flex items-start gap-1.5 text-destructive">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        )}
      </div>
    </li>
  );
}
