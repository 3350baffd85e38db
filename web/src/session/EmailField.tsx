import { TextField } from '@/components/ui/Field';

/** The address that a person signs in with. */
export function EmailField({ known = '' }: { known?: string }) {
  return (
    <TextField
      label="E-mail"
      name="email"
      type="email"
      autoComplete="username"
      inputMode="email"
      required
      defaultValue={known}
    />
  );
}
