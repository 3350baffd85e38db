import { SelectField } from '@/components/ui/Field';
import { groupZones } from '@/lib/timeZones';
import { useCompany } from '@/session/companyStore';
import { localeChoices, localeSample } from './locales';
import type { ProfileForm } from './profileModel';

interface PlaceFieldsProps {
  form: ProfileForm;
  onChange: (part: Partial<ProfileForm>) => void;
}

export function PlaceFields({ form, onChange }: PlaceFieldsProps) {
  const { currency } = useCompany();
  return (
    <div className="grid items-start gap-4 sm:grid-cols-2">
      <SelectField
        label="Time zone"
        value={form.timeZone}
        onChange={(event) => onChange({ timeZone: event.target.value })}
      >
        {groupZones(form.timeZone).map(({ label, zones }) => (
          <optgroup key={label} label={label}>
            {zones.map((zone) => (
              <option key={zone.id} value={zone.id}>
                {zone.label}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SelectField
        label="Language and region"
        value={form.locale}
        hint={localeSample(form.locale, form.timeZone, currency)}
        onChange={(event) => onChange({ locale: event.target.value })}
      >
        {localeChoices(form.locale).map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </SelectField>
    </div>
  );
}
