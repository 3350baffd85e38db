import { TextField } from '@/components/ui/Field';
import type { ProfileForm, ProfileProblems } from './profileModel';

interface ProfileFieldsProps {
  form: ProfileForm;
  problems: ProfileProblems;
  onChange: (part: Partial<ProfileForm>) => void;
}

export function ProfileFields({ form, problems, onChange }: ProfileFieldsProps) {
  return (
    <>
      <TextField
        label="Name"
        autoComplete="organization"
        required
        maxLength={120}
        value={form.name}
        problem={problems.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label="Phone"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          value={form.phone}
          problem={problems.phone}
          hint="Where customers reach you; it need not be a number that you text from."
          onChange={(event) => onChange({ phone: event.target.value })}
        />
        <TextField
          label="E-mail"
          type="email"
          inputMode="email"
          autoComplete="email"
          maxLength={254}
          value={form.email}
          problem={problems.email}
          onChange={(event) => onChange({ email: event.target.value })}
        />
      </div>
      <TextField
        label="Website"
        type="url"
        inputMode="url"
        autoComplete="url"
        maxLength={292}
        value={form.website}
        problem={problems.website}
        placeholder="https://"
        onChange={(event) => onChange({ website: event.target.value })}
      />
      <AddressFields form={form} onChange={onChange} />
    </>
  );
}

function AddressFields({ form, onChange }: Omit<ProfileFieldsProps, 'problems'>) {
  return (
    <fieldset className="grid gap-4">
      <legend className="mb-3 text-sm font-semibold">Address</legend>
      <TextField
        label="Street"
        autoComplete="address-line1"
        maxLength={120}
        value={form.line1}
        onChange={(event) => onChange({ line1: event.target.value })}
      />
      <TextField
        label="Unit, floor"
        autoComplete="address-line2"
        maxLength={120}
        value={form.line2}
        onChange={(event) => onChange({ line2: event.target.value })}
      />
      <div className="grid gap-4 sm:grid-cols-[2fr_1fr_1fr]">
        <TextField
          label="City"
          autoComplete="address-level2"
          maxLength={120}
          value={form.city}
          onChange={(event) => onChange({ city: event.target.value })}
        />
        <TextField
          label="State"
          autoComplete="address-level1"
          maxLength={120}
          value={form.region}
          onChange={(event) => onChange({ region: event.target.value })}
        />
        <TextField
          label="ZIP code"
          autoComplete="postal-code"
          maxLength={120}
          value={form.postalCode}
          onChange={(event) => onChange({ postalCode: event.target.value })}
        />
      </div>
    </fieldset>
  );
}
