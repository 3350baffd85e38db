import { SelectField, TextField } from '@/components/ui/Field';
import { CONTACT_TYPES, TYPE_WORDS } from './contactModel';
import { CustomFieldInputs } from './CustomFieldInputs';
import { EmailLines } from './EmailLines';
import { FormSection } from './FormSection';
import type { ContactForm, FormProblems } from './formModel';
import { OrganizationField } from './OrganizationField';
import { PhoneLines } from './PhoneLines';
import { PropertyFields } from './PropertyFields';
import { TagChoices } from './TagChoices';

interface ContactFieldsProps {
  form: ContactForm;
  onChange: (part: Partial<ContactForm>) => void;
  /** Null until the form was sent once. */
  problems: FormProblems | null;
  /** Of a new contact: begins with the name, and has a first service address. */
  isNew: boolean;
}

export function ContactFields({ form, onChange, problems, isNew }: ContactFieldsProps) {
  return (
    <>
      <FormSection title="Who">
        <TextField
          label="Name"
          value={form.name}
          maxLength={200}
          autoComplete="off"
          // The page was opened to write this.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus={isNew}
          problem={problems?.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <OrganizationField
            label="Organization"
            value={form.organizationName}
            chosenId={form.organizationId}
            newHint="A new organization. It is added when you save."
            onChange={(organizationName, found) =>
              onChange({ organizationName, organizationId: found?.id ?? null })
            }
          />
          <TextField
            label="Job title"
            value={form.jobTitle}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => onChange({ jobTitle: event.target.value })}
          />
          <SelectField
            label="Type"
            value={form.type}
            onChange={(event) =>
              onChange({ type: CONTACT_TYPES.find((type) => type === event.target.value) ?? 'lead' })
            }
          >
            {CONTACT_TYPES.map((type) => (
              <option key={type} value={type}>
                {TYPE_WORDS[type]}
              </option>
            ))}
          </SelectField>
          <TextField
            label="Source"
            value={form.source}
            maxLength={120}
            placeholder="Referral, web site, yard sign…"
            onChange={(event) => onChange({ source: event.target.value })}
          />
        </div>
      </FormSection>
      <FormSection title="Phone numbers">
        <PhoneLines phones={form.phones} onChange={(phones) => onChange({ phones })} />
      </FormSection>
      <FormSection title="E-mail addresses">
        <EmailLines
          emails={form.emails}
          problems={problems?.emails ?? {}}
          onChange={(emails) => onChange({ emails })}
        />
      </FormSection>
      {isNew && (
        <FormSection title="Service address">
          <PropertyFields form={form.property} onChange={(property) => onChange({ property })} />
        </FormSection>
      )}
      <TagChoices chosen={form.tagIds} onChange={(tagIds) => onChange({ tagIds })} />
      <CustomFieldInputs
        values={form.custom}
        problems={problems?.custom ?? {}}
        onChange={(custom) => onChange({ custom })}
      />
    </>
  );
}
