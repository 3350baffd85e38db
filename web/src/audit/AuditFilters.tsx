import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/Field';
import { useLoaded } from '@/database/useLoaded';
import { fetchTeam } from '@/team/memberRepository';
import { EVERYTHING, writeFilter, type AuditFilter } from './auditFilter';
import { ACTIONS, type AuditAction } from './auditModel';
import { TABLES } from './auditTables';

const ACTION_WORDS: Record<AuditAction, string> = {
  insert: 'Added',
  update: 'Changed',
  delete: 'Removed',
};

interface AuditFiltersProps {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => void;
}

export function AuditFilters({ filter, onChange }: AuditFiltersProps) {
  const change = (part: Partial<AuditFilter>) => onChange({ ...filter, ...part });
  return (
    <div role="search" aria-label="Filters" className="grid grid-cols-2 items-end gap-3 sm:grid-cols-3">
      <PersonFilter personId={filter.personId} onChange={(personId) => change({ personId })} />
      <SelectField
        label="What"
        value={filter.table}
        onChange={(event) => change({ table: event.target.value })}
      >
        <option value="">Everything</option>
        {Object.entries(TABLES).map(([table, { many }]) => (
          <option key={table} value={table}>
            {many}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Action"
        value={filter.action}
        onChange={(event) => change({ action: ACTIONS.find((each) => each === event.target.value) ?? '' })}
      >
        <option value="">All</option>
        {ACTIONS.map((action) => (
          <option key={action} value={action}>
            {ACTION_WORDS[action]}
          </option>
        ))}
      </SelectField>
      <TextField
        label="From"
        type="date"
        value={filter.from}
        onChange={(event) => change({ from: event.target.value })}
      />
      <TextField
        label="To"
        type="date"
        value={filter.to}
        onChange={(event) => change({ to: event.target.value })}
      />
      {writeFilter(filter) !== '' && (
        <Button variant="outline" className="justify-self-start" onClick={() => onChange(EVERYTHING)}>
          Clear
        </Button>
      )}
    </div>
  );
}

interface PersonFilterProps {
  personId: string;
  onChange: (personId: string) => void;
}

function PersonFilter({ personId, onChange }: PersonFilterProps) {
  const { value: team = [] } = useLoaded(fetchTeam);
  return (
    <SelectField label="Who" value={personId} onChange={(event) => onChange(event.target.value)}>
      <option value="">Everybody</option>
      {team.map(({ userId, displayName }) => (
        <option key={userId} value={userId}>
          {displayName}
        </option>
      ))}
    </SelectField>
  );
}
