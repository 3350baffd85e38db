import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { loadCompany, useCompany } from '@/session/companyStore';
import { useSession } from '@/session/sessionStore';
import { Section } from '@/settings/Section';
import { LeaveSection } from '@/team/LeaveSection';
import { changeEmail, renameMyself } from './accountRepository';
import { FactorSection } from './FactorSection';
import { PasswordSection } from './PasswordSection';

export function AccountPage() {
  return (
    <>
      <NameSection />
      <EmailSection />
      <PasswordSection />
      <FactorSection />
      <LeaveSection />
    </>
  );
}

function NameSection() {
  const company = useCompany();
  const action = useAction();
  const [saved, setSaved] = useState(false);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { name } = valuesOf(event, 'name');
    setSaved(false);
    const done = await action.run(async () => {
      await renameMyself(company.userId, name);
      await loadCompany();
    });
    setSaved(done);
  };
  return (
    <Section title="Your name" description={`What your colleagues at ${company.name} read beside your work.`}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Name"
          name="name"
          autoComplete="name"
          required
          maxLength={120}
          defaultValue={company.displayName}
        />
        {saved && <Notice tone="success">Your name is changed.</Notice>}
        <FailureNotice failure={action.failure} />
        <Button type="submit" variant="outline" className="justify-self-start" busy={action.busy}>
          Save the name
        </Button>
      </form>
    </Section>
  );
}

function EmailSection() {
  const user = useSession((state) => state.user);
  const action = useAction();
  const [asked, setAsked] = useState<string | null>(null);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { email } = valuesOf(event, 'email');
    const done = await action.run(() => changeEmail(email));
    setAsked(done ? email : null);
  };
  return (
    <Section
      title="E-mail"
      description="What you sign in with. Both the old and the new address have to confirm a change."
    >
      {asked && (
        <Notice tone="success">
          We sent mails to {user?.email} and {asked}. Open the links in both; until then nothing changes.
        </Notice>
      )}
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label="New e-mail"
          name="email"
          type="email"
          autoComplete="email"
          inputMode="email"
          required
        />
        <FailureNotice failure={action.failure} />
        <Button type="submit" variant="outline" className="justify-self-start" busy={action.busy}>
          Change the e-mail
        </Button>
      </form>
    </Section>
  );
}
