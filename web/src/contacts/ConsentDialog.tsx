import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField, TextAreaField, TextField } from '@/components/ui/Field';
import { formatNumber } from '@/lib/phone';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { recordConsent, type ConsentChannel, type ConsentPurpose } from './consentRepository';
import { PURPOSE_WORDS, purposesOf } from './consentWords';

interface ConsentDialogProps {
  card: ContactCard;
  onClose: () => void;
  reload: () => Promise<void>;
}

/** Writes into the ledger what they said or signed. */
export function ConsentDialog({ card, onClose, reload }: ConsentDialogProps) {
  const { country } = useCompany();
  const action = useAction();
  const numbers = card.phones.map(({ e164 }) => e164).filter((e164) => e164 !== null);
  const emails = card.emails.map(({ email }) => email);
  const [address, setAddress] = useState(numbers[0] ?? emails[0] ?? '');
  const [channel, setChannel] = useState<ConsentChannel>('sms');
  const [purpose, setPurpose] = useState<ConsentPurpose>('marketing');
  const [granted, setGranted] = useState(true);
  const [textVersion, setTextVersion] = useState('');
  const [note, setNote] = useState('');
  const byPhone = address.startsWith('+');
  const usedChannel = byPhone ? channel : 'email';
  const purposes = purposesOf(usedChannel);
  const usedPurpose = purposes.includes(purpose) ? purpose : 'transactional';
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await recordConsent({
        address,
        channel: usedChannel,
        purpose: usedPurpose,
        status: granted ? 'granted' : 'revoked',
        textVersion: textVersion.trim(),
        note: note.trim(),
      });
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title="Record consent"
      description="It stays on record with your name and the time. Lines are never changed; a newer line counts."
    >
      <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <SelectField
          label="Number or address"
          value={address}
          onChange={(event) => setAddress(event.target.value)}
        >
          {numbers.map((e164) => (
            <option key={e164} value={e164}>
              {formatNumber(e164, country)}
            </option>
          ))}
          {emails.map((email) => (
            <option key={email} value={email}>
              {email}
            </option>
          ))}
        </SelectField>
        <div className="grid grid-cols-2 gap-4">
          {byPhone && (
            <SelectField
              label="Way"
              value={channel}
              onChange={(event) => setChannel(event.target.value === 'voice' ? 'voice' : 'sms')}
            >
              <option value="sms">Texts</option>
              <option value="voice">Calls</option>
            </SelectField>
          )}
          <SelectField
            label="For"
            value={usedPurpose}
            onChange={(event) =>
              setPurpose(purposes.find((each) => each === event.target.value) ?? 'transactional')
            }
          >
            {purposes.map((each) => (
              <option key={each} value={each}>
                {PURPOSE_WORDS[each]}
              </option>
            ))}
          </SelectField>
          <SelectField
            label="They"
            value={granted ? 'granted' : 'revoked'}
            onChange={(event) => setGranted(event.target.value === 'granted')}
          >
            <option value="granted">Agree</option>
            <option value="revoked">Do not want it</option>
          </SelectField>
        </div>
        <TextField
          label="Wording"
          value={textVersion}
          maxLength={200}
          placeholder="Web form of March 2026"
          hint="Which text they agreed to."
          onChange={(event) => setTextVersion(event.target.value)}
        />
        <TextAreaField
          label="How do you know?"
          value={note}
          maxLength={1_000}
          placeholder="Said so on the phone"
          onChange={(event) => setNote(event.target.value)}
        />
        <FailureNotice failure={action.failure} />
        <div className="flex flex-wrap justify-end gap-2">
          <Button variant="outline" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={action.busy}>
            Record
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
