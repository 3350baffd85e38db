import { TextField } from '@/components/ui/Field';

/** As `minimum_password_length` of supabase/config.toml says. */
const LEAST = 8;

export function NewPasswordField({ label }: { label: string }) {
  return (
    <TextField
      label={label}
      name="new-password"
      type="password"
      autoComplete="new-password"
      required
      minLength={LEAST}
      hint={`At least ${LEAST} characters. A short sentence is easy to remember.`}
    />
  );
}
