import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { useAction } from '@/lib/useAction';
import { goOnWith } from '@/session/session';
import { verifyFactor } from './accountRepository';
import { codeDigits } from './factorModel';

interface CodeFormProps {
  factorId: string;
  button: string;
  /** After the code was right. */
  onDone?: () => void;
}

/** Six digits of the authenticator app; phones offer them from their keyboard. */
export function CodeForm({ factorId, button, onDone }: CodeFormProps) {
  const [code, setCode] = useState('');
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => goOnWith(await verifyFactor(factorId, code)));
    if (done) onDone?.();
    else setCode('');
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <TextField
        label="Code from the app"
        autoComplete="one-time-code"
        inputMode="numeric"
        required
        pattern="[0-9]{6}"
        title="Six digits"
        value={code}
        onChange={(event) => setCode(codeDigits(event.target.value))}
        className="font-mono text-lg tracking-[0.3em]"
      />
      <FailureNotice failure={action.failure} />
      <Button type="submit" size="large" busy={action.busy}>
        {button}
      </Button>
    </form>
  );
}
