import { useState, type SyntheticEvent } from 'react';
import { CopyButton } from '@/components/CopyButton';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { beginFactor } from './accountRepository';
import { CodeForm } from './CodeForm';
import { groupedSecret, type Enrolment } from './factorModel';

/** Sets up an authenticator app: name it, show it the picture, prove it with a code. */
export function EnrolFactor({ onDone }: { onDone?: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment | null>(null);
  const action = useAction();
  const begin = (event: SyntheticEvent<HTMLFormElement>) => {
    const { name } = valuesOf(event, 'name');
    void action.run(async () => setEnrolment(await beginFactor(name)));
  };
  if (enrolment) return <ShowSecret enrolment={enrolment} {...(onDone ? { onDone } : {})} />;
  return (
    <form className="grid gap-4" onSubmit={begin}>
      <TextField
        label="Which device is the app on?"
        name="name"
        required
        maxLength={60}
        defaultValue="My phone"
        hint="Any authenticator app works: the one of your phone, of your password manager, or another."
      />
      <FailureNotice failure={action.failure} />
      <Button type="submit" size="large" busy={action.busy}>
        Go on
      </Button>
    </form>
  );
}

function ShowSecret({ enrolment, onDone }: { enrolment: Enrolment; onDone?: () => void }) {
  return (
    <div className="grid gap-4">
      <p className="text-sm">Scan this with the app, then type the code that it shows.</p>
      {/* White around it: in the dark scheme a camera would not find its edge. */}
      <img
        src={enrolment.qrCode}
        alt="QR code for the authenticator app"
        className="size-48 justify-self-center rounded-lg bg-white p-3"
      />
      <div className="grid gap-1 text-sm">
        <p className="text-muted-foreground">Or type this key into the app:</p>
        <p className="flex items-center gap-1">
          <code className="min-w-0 font-mono break-words select-all">{groupedSecret(enrolment.secret)}</code>
          <CopyButton value={enrolment.secret} label="Copy the key" />
        </p>
      </div>
      <CodeForm factorId={enrolment.id} button="Turn it on" {...(onDone ? { onDone } : {})} />
    </div>
  );
}
