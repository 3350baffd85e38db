import { Plus } from 'lucide-react';
import { SelectField, TextField } from '@/components/ui/Field';
import { Button } from '@/components/ui/Button';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { PHONE_TYPES, type PhoneType } from './cardModel';
import { emptyPhone, phoneWarning, type PhoneForm } from './formModel';
import { LineActions } from './LineActions';

const TYPE_WORDS: Record<PhoneType, string> = {
  mobile: 'Mobile',
  home: 'Home',
  work: 'Work',
  other: 'Other',
};

interface PhoneLinesProps {
  phones: readonly PhoneForm[];
  onChange: (phones: readonly PhoneForm[]) => void;
}

export function PhoneLines({ phones, onChange }: PhoneLinesProps) {
  const { country } = useCompany();
  const patch = (id: string, part: Partial<PhoneForm>) =>
    onChange(phones.map((phone) => (phone.id === id ? { ...phone, ...part } : phone)));
  return (
    <>
      {phones.map((phone, index) => (
        <div
          key={phone.id}
          role="group"
          aria-label={`Phone number ${index + 1}`}
          className="grid grid-cols-[1fr_auto] items-start gap-2 sm:grid-cols-[1fr_7.5rem_6rem_auto]"
        >
          <TextField
            label={index === 0 ? 'Main number' : 'Number'}
            type="tel"
            value={phone.typed}
            maxLength={64}
            autoComplete="off"
            hint={<PhoneHint phone={phone} country={country} />}
            onChange={(event) => patch(phone.id, { typed: event.target.value })}
          />
          <LineActions
            lines={phones}
            line={phone}
            onChange={onChange}
            makeEmpty={() => emptyPhone(newId())}
            className="sm:order-last"
          />
          <SelectField
            label="Kind"
            value={phone.type}
            onChange={(event) =>
              patch(phone.id, { type: PHONE_TYPES.find((type) => type === event.target.value) ?? 'other' })
            }
          >
            {PHONE_TYPES.map((type) => (
              <option key={type} value={type}>
                {TYPE_WORDS[type]}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Extension"
            inputMode="numeric"
            value={phone.extension}
            maxLength={12}
            className="max-sm:w-24"
            autoComplete="off"
            onChange={(event) => patch(phone.id, { extension: event.target.value })}
          />
        </div>
      ))}
      <Button
        variant="outline"
        className="justify-self-start"
        onClick={() => onChange([...phones, emptyPhone(newId())])}
      >
        <Plus aria-hidden />
        Add a number
      </Button>
    </>
  );
}

/** A warning and no refusal: what is no number is kept as it was typed. */
function PhoneHint({ phone, country }: { phone: PhoneForm; country: string }) {
  const warning = phoneWarning(phone, country);
  return warning && <span className="text-warning">{warning}</span>;
}
