import { useState, type SyntheticEvent } from 'react';
import { Navigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Splash } from '@/components/Splash';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { groupZones } from '@/lib/timeZones';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { ownTimeZone } from '@/lib/when';
import { AuthLayout } from './AuthLayout';
import { createCompany } from './companyRepository';
import { loadCompany, useCompanyStore } from './companyStore';
import { signOut } from './session';
import { useSession } from './sessionStore';

export function CreateCompanyPage() {
  const { status } = useCompanyStore();
  const user = useSession((state) => state.user);
  const action = useAction();
  // One id for this form: pressing twice, or again after no answer, makes one company.
  const [id] = useState(newId);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    const { company, name, zone } = valuesOf(event, 'company', 'name', 'zone');
    void action.run(async () => {
      await createCompany({ id, name: company, displayName: name, timeZone: zone });
      await loadCompany();
    });
  };
  if (status === 'loading') return <Splash />;
  if (status === 'ready') return <Navigate to="/" replace />;
  return (
    <AuthLayout
      title="Name your company"
      description="You become its owner. If a colleague invited you, open the link in their invitation instead."
      footer={
        <>
          Signed in as <span className="break-all">{user?.email}</span>.{' '}
          <Button variant="link" onClick={() => void action.run(() => signOut('local'))}>
            Sign out
          </Button>
        </>
      }
    >
      <form className="grid gap-4" onSubmit={submit}>
        <TextField label="Company" name="company" autoComplete="organization" required maxLength={120} />
        <TextField
          label="Your name"
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          defaultValue={user?.displayName}
          hint="Your colleagues see it beside the texts you send."
        />
        <TimeZoneField />
        <FailureNotice failure={action.failure} />
        <Button type="submit" size="large" busy={action.busy}>
          Create company
        </Button>
      </form>
    </AuthLayout>
  );
}

function TimeZoneField() {
  const guess = ownTimeZone();
  return (
    <SelectField
      label="Time zone"
      name="zone"
      defaultValue={guess}
      hint="Where your company works: days and times follow it."
    >
      {groupZones(guess).map(({ label, zones }) => (
        <optgroup key={label} label={label}>
          {zones.map((zone) => (
            <option key={zone.id} value={zone.id}>
              {zone.label}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
