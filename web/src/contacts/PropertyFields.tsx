import { SelectField, TextAreaField, TextField } from '@/components/ui/Field';
import { groupZones } from '@/lib/timeZones';
import { useCompany } from '@/session/companyStore';
import type { PropertyForm } from './formModel';

interface PropertyFieldsProps {
  form: PropertyForm;
  onChange: (form: PropertyForm) => void;
}

/** Where the work is done. */
export function PropertyFields({ form, onChange }: PropertyFieldsProps) {
  const field = (name: Exclude<keyof PropertyForm, 'id'>, label: string, longest: number) => ({
    label,
    value: form[name],
    maxLength: longest,
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange({ ...form, [name]: event.target.value }),
  });
  return (
    <>
      <TextField {...field('label', 'Called', 80)} placeholder="Home, rental, main office…" />
      <TextField {...field('line1', 'Street', 200)} />
      <TextField {...field('line2', 'Apartment, suite, unit', 200)} />
      <div className="grid grid-cols-2 gap-4 sm:grid-cols-4">
        <div className="col-span-2">
          <TextField {...field('city', 'City', 120)} />
        </div>
        <TextField {...field('region', 'State', 120)} />
        <TextField {...field('postalCode', 'ZIP code', 20)} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <ZoneField zone={form.timeZone} onChange={(timeZone) => onChange({ ...form, timeZone })} />
        <TextField {...field('gateCode', 'Gate code', 60)} />
      </div>
      <TextAreaField
        {...field('notes', 'How to get in', 10_000)}
        placeholder="Dog in the yard, park behind the house…"
      />
    </>
  );
}

function ZoneField({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const { timeZone } = useCompany();
  return (
    <SelectField label="Time zone" value={zone} onChange={(event) => onChange(event.target.value)}>
      <option value="">Same as the company</option>
      {groupZones(zone === '' ? timeZone : zone).map(({ label, zones }) => (
        <optgroup key={label} label={label}>
          {zones.map(({ id, label: words }) => (
            <option key={id} value={id}>
              {words}
            </option>
          ))}
        </optgroup>
      ))}
    </SelectField>
  );
}
