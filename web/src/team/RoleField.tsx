import { SelectField } from '@/components/ui/Field';
import type { Role } from '@/session/companyModel';
import { useCompany } from '@/session/companyStore';
import { ROLE_HINTS, ROLE_WORDS, ROLES, rolesToGive } from './memberModel';

interface RoleFieldProps {
  role: Role;
  onChange: (role: Role) => void;
}

/** The roles that the person may give, each with what it is for. */
export function RoleField({ role, onChange }: RoleFieldProps) {
  const mine = useCompany().role;
  return (
    <SelectField
      label="Role"
      value={role}
      hint={ROLE_HINTS[role]}
      onChange={(event) => onChange(ROLES.find((each) => each === event.target.value) ?? role)}
    >
      {rolesToGive(mine).map((each) => (
        <option key={each} value={each}>
          {ROLE_WORDS[each]}
        </option>
      ))}
    </SelectField>
  );
}
