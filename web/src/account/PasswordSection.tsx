import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { NewPasswordField } from '@/session/NewPasswordField';
import { sendRecovery } from '@/session/sessionApi';
import { useSession } from '@/session/sessionStore';
import { Section } from '@/settings/Section';
import { changePassword } from './accountRepository';

export function PasswordSection() {
  const user = useSession((state) => state.user);
  const action = useAction();
  const [said, setSaid] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const form = event.currentTarget;
    const { 'current-password': current, 'new-password': password } = valuesOf(
      event,
      'current-password',
      'new-password',
    );
    const done = await action.run(() => changePassword(password, current));
    setSaid(done ? 'Your password is changed, and all other devices are signed out.' : null);
    if (done) form.reset();
  };
  const mail = async () => {
    const email = user?.email ?? '';
    const done = await action.run(() => sendRecovery(email));
    setSaid(done ? `We sent a link to ${email}. With it you choose a new password.` : null);
  };
  return (
    <Section title="Password" description="A change signs out all your other devices.">
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        {/* Password managers look for the name that the password belongs to. */}
        <input
          type="text"
          name="username"
          autoComplete="username"
          value={user?.email ?? ''}
          readOnly
          hidden
        />
        <TextField
          label="Present password"
          name="current-password"
          type="password"
          autoComplete="current-password"
          required
        />
        <NewPasswordField label="New password" />
        {said && <Notice tone="success">{said}</Notice>}
        <FailureNotice failure={action.failure} />
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button type="submit" variant="outline" busy={action.busy}>
            Change the password
          </Button>
          <Button variant="link" disabled={action.busy} onClick={() => void mail()}>
            I do not know it: mail me a link
          </Button>
        </div>
      </form>
    </Section>
  );
}
