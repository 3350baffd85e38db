import type { SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { ACCOUNT_SID } from './twilioModel';
import { saveTwilioSettings } from './twilioRepository';
import { setTwilio } from './twilioStore';

interface TwilioFormProps {
  onDone: () => void;
  /** Null when there is nothing to go back to. */
  onCancel: (() => void) | null;
}

/** The secrets go to the service and never come back. Nothing is kept before Twilio accepted them. */
export function TwilioForm({ onDone, onCancel }: TwilioFormProps) {
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { sid, token, next } = valuesOf(event, 'sid', 'token', 'next');
    const done = await action.run(async () => {
      setTwilio(await saveTwilioSettings({ accountSid: sid, authToken: token, nextAuthToken: next }));
    });
    if (done) onDone();
  };
  return (
    <form className="grid max-w-lg gap-4" onSubmit={(event) => void submit(event)} autoComplete="off">
      <TextField
        label="Account SID"
        name="sid"
        required
        pattern={ACCOUNT_SID}
        title="AC and 32 letters and digits"
        placeholder="AC…"
        spellCheck={false}
        autoCapitalize="none"
        className="font-mono"
        hint="Begins with AC."
      />
      <TextField
        label="Auth token"
        name="token"
        type="password"
        required
        minLength={8}
        autoComplete="new-password"
      />
      <details className="text-sm">
        <summary className="inline-flex target items-center rounded-sm text-primary underline-offset-4 hover:underline">
          I am replacing my auth token
        </summary>
        <div className="pt-3">
          <TextField
            label="Next auth token"
            name="next"
            type="password"
            minLength={8}
            autoComplete="new-password"
            hint="Twilio's secondary token. While you promote it, texts signed with either are accepted."
          />
        </div>
      </details>
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={action.busy}>
          {action.busy ? 'Asking Twilio' : 'Test and save'}
        </Button>
        {onCancel && (
          <Button variant="outline" onClick={onCancel}>
            Keep the present account
          </Button>
        )}
      </div>
    </form>
  );
}
