import { TextAreaField, TextField } from '@/components/ui/Field';

export function LabelField({ label = '' }: { label?: string }) {
  return (
    <TextField
      label="Name"
      name="label"
      required
      pattern=".*\S.*"
      title="A name"
      maxLength={80}
      autoComplete="off"
      defaultValue={label}
    />
  );
}

interface OptionsFieldProps {
  options?: readonly string[];
  hint?: string;
}

export function OptionsField({ options = [], hint = 'One in each line.' }: OptionsFieldProps) {
  return (
    <TextAreaField
      label="Choices"
      name="options"
      required
      rows={4}
      hint={hint}
      defaultValue={options.join('\n')}
    />
  );
}
