import { CircleCheck, Plus } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { formatNumber } from '@/lib/phone';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { fullWhen } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import { DisconnectTwilio } from './DisconnectTwilio';
import { addCompanyNumber } from './numberActions';
import { loadNumbers, useNumbers } from './numberStore';
import { Section } from './Section';
import type { TwilioSettings, TwilioTest } from './twilioModel';
import { testTwilioSettings } from './twilioRepository';

interface TwilioAccountProps {
  settings: TwilioSettings;
  onReplace: () => void;
}

export function TwilioAccount({ settings, onReplace }: TwilioAccountProps) {
  const company = useCompany();
  const action = useAction();
  const [result, setResult] = useState<TwilioTest | null>(null);
  const test = () =>
    void action.run(async () => {
      setResult(null);
      setResult(await testTwilioSettings());
    });
  return (
    <Section
      title="Twilio is connected"
      description="Your texts are sent and received through this account."
      action={
        <span className="flex items-center gap-1.5 rounded-full bg-success-soft px-2.5 py-1 text-xs font-medium text-success">
          <CircleCheck aria-hidden className="size-3.5" />
          Connected
        </span>
      }
    >
      <dl className="grid gap-4 text-sm sm:grid-cols-3">
        <Fact label="Account SID">
          <Masked last4={settings.accountSidLast4} />
        </Fact>
        <Fact label="Auth token">
          <Masked last4={settings.authTokenLast4} />
        </Fact>
        <Fact label="Accepted by Twilio">{fullWhen(settings.verifiedAt, company)}</Fact>
      </dl>
      {settings.hasNextAuthToken && (
        <Notice tone="info">A next auth token is kept too: texts signed with either are accepted.</Notice>
      )}
      {result && <TestResult result={result} />}
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        <Button busy={action.busy} onClick={test}>
          Test the connection
        </Button>
        <Button variant="outline" onClick={onReplace}>
          Replace
        </Button>
        <DisconnectTwilio settings={settings} />
      </div>
    </Section>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="grid content-start gap-0.5">
      <dt className="text-xs font-medium text-muted-foreground">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Masked({ last4 }: { last4: string }) {
  return (
    <span className="font-mono">
      <span aria-hidden>••••••••</span>
      <span className="sr-only">ends in </span>
      {last4}
    </span>
  );
}

function TestResult({ result }: { result: TwilioTest }) {
  return (
    <Notice tone="success">
      <p>Twilio answered{result.accountName ? ` for “${result.accountName}”` : ''}. It works.</p>
      {result.numbers.length === 0 ? (
        <p className="mt-1">The account has no numbers yet: buy one in Twilio&apos;s console.</p>
      ) : (
        <AccountNumbers numbers={result.numbers} />
      )}
    </Notice>
  );
}

/** The account's numbers; those that are not the company's yet can be added at once. */
function AccountNumbers({ numbers }: { numbers: string[] }) {
  const { country } = useCompany();
  const own = useNumbers((state) => state.numbers);
  const action = useAction();
  useEffect(() => void loadNumbers(), []);
  return (
    <>
      <ul role="list" className="mt-2 grid gap-1">
        {numbers.map((e164) => (
          <li key={e164} className="flex items-center gap-3">
            <span className="tabular-nums">{formatNumber(e164, country)}</span>
            {own.some((number) => number.e164 === e164) ? (
              <span className="text-muted-foreground">in use</span>
            ) : (
              <Button
                size="small"
                variant="outline"
                busy={action.busy}
                onClick={() => void action.run(() => addCompanyNumber(newId(), e164, null))}
              >
                <Plus aria-hidden />
                Use it
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FailureNotice failure={action.failure} />
    </>
  );
}
