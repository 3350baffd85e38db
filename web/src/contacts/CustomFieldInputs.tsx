import { SelectField, TextField } from '@/components/ui/Field';
import type { CustomField } from './customFieldModel';
import { FormSection } from './FormSection';
import { useVocabulary } from './vocabularyStore';

interface CustomFieldInputsProps {
  /** By the field's id, as typed. */
  values: Readonly<Record<string, string>>;
  problems: Readonly<Record<string, string>>;
  onChange: (values: Readonly<Record<string, string>>) => void;
}

/** The fields that the company added; nothing while there are none. */
export function CustomFieldInputs({ values, problems, onChange }: CustomFieldInputsProps) {
  const fields = useVocabulary((state) => state.fields).filter(({ archivedAt }) => archivedAt === null);
  if (fields.length === 0) return null;
  return (
    <FormSection title="More">
      <div className="grid gap-4 sm:grid-cols-2">
        {fields.map((field) => (
          <CustomFieldInput
            key={field.id}
            field={field}
            value={values[field.id] ?? ''}
            problem={problems[field.id]}
            onChange={(value) => onChange({ ...values, [field.id]: value })}
          />
        ))}
      </div>
    </FormSection>
  );
}

interface CustomFieldInputProps {
  field: CustomField;
  value: string;
  problem: string | undefined;
  onChange: (value: string) => void;
}

function CustomFieldInput({ field, value, problem, onChange }: CustomFieldInputProps) {
  const { label, kind } = field;
  if (kind === 'boolean' || kind === 'choice') {
    const options = kind === 'choice' ? choicesOf(field, value) : YES_NO;
    return (
      <SelectField label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">–</option>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </SelectField>
    );
  }
  return (
    <TextField
      label={label}
      type={kind === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' ? 'decimal' : undefined}
      value={value}
      maxLength={1_000}
      autoComplete="off"
      problem={problem}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

const YES_NO: readonly (readonly [string, string])[] = [
  ['true', 'Yes'],
  ['false', 'No'],
];

/** An option that was taken out of the field since stays with the contacts that have it. */
function choicesOf({ options }: CustomField, value: string): (readonly [string, string])[] {
  const all = value === '' || options.includes(value) ? options : [...options, value];
  return all.map((option) => [option, option]);
}
