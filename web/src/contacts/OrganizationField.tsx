import { useId } from 'react';
import { TextField } from '@/components/ui/Field';
import type { Organization } from './organizationRepository';
import { useOrganizationSearch } from './useOrganization';

interface OrganizationFieldProps {
  label: string;
  value: string;
  /** What was typed, and the organization of that name when there is one. */
  onChange: (name: string, organization: Organization | null) => void;
  /** What happens with a name that is none yet. */
  newHint?: string;
  /** The organization that was chosen. */
  chosenId: string | null;
}

/** An organization by its name: known ones are offered while typing. */
export function OrganizationField({ label, value, onChange, newHint, chosenId }: OrganizationFieldProps) {
  const listId = useId();
  const found = useOrganizationSearch(value);
  const change = (name: string) => {
    const wanted = name.trim().toLowerCase();
    onChange(name, found.find((each) => each.name.toLowerCase() === wanted) ?? null);
  };
  const isNew = value.trim() !== '' && chosenId === null;
  return (
    <>
      <TextField
        label={label}
        value={value}
        list={listId}
        maxLength={200}
        autoComplete="off"
        hint={isNew ? newHint : undefined}
        onChange={(event) => change(event.target.value)}
      />
      <datalist id={listId}>
        {found.map((organization) => (
          <option key={organization.id} value={organization.name} />
        ))}
      </datalist>
    </>
  );
}
