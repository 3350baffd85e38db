import { BellOff, BellRing, Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { formatNumber } from '@/lib/phone';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import type { ContactCard } from './cardModel';
import { ConsentDialog } from './ConsentDialog';
import { fetchConsents, type ConsentLine } from './consentRepository';
import { lineWords, sourceWords } from './consentWords';
import { Panel } from './Panel';

const MOST = 50;
const FIRST = 4;

interface ConsentPanelProps {
  card: ContactCard;
  reload: () => Promise<void>;
}

/** What they agreed to and took back: the ledger of their numbers and addresses. */
export function ConsentPanel({ card, reload }: ConsentPanelProps) {
  const { role } = useCompany();
  const [recording, setRecording] = useState(false);
  const [all, setAll] = useState(false);
  const { lines, load } = useConsents(card);
  const isReachable = card.phones.some(({ e164 }) => e164 !== null) || card.emails.length > 0;
  const shown = lines?.slice(0, all ? MOST : FIRST) ?? [];
  const close = () => setRecording(false);
  return (
    <Panel
      title="Consent"
      action={
        isReachable &&
        may(role, 'contacts.write') && (
          <Button variant="quiet" size="icon" aria-label="Record consent" onClick={() => setRecording(true)}>
            <Plus aria-hidden />
          </Button>
        )
      }
    >
      {lines?.length === 0 && (
        <p className="px-4 pb-4 text-sm text-muted-foreground">
          Nothing is on record. You may text about their jobs; marketing needs their consent first.
        </p>
      )}
      <ul role="list" className="divide-y border-t empty:hidden">
        {shown.map((line) => (
          <LedgerLine key={line.id} line={line} />
        ))}
      </ul>
      {lines && shown.length < lines.length && (
        <Button variant="link" className="px-4 py-2" onClick={() => setAll(true)}>
          Show all {lines.length} lines
        </Button>
      )}
      {recording && (
        <ConsentDialog
          card={card}
          onClose={close}
          reload={async () => {
            await Promise.all([load(), reload()]);
          }}
        />
      )}
    </Panel>
  );
}

function LedgerLine({ line }: { line: ConsentLine }) {
  const { country } = useCompany();
  const Icon = line.status === 'granted' ? BellRing : BellOff;
  const address = line.address.startsWith('+') ? formatNumber(line.address, country) : line.address;
  return (
    <li className="flex gap-3 px-4 py-2.5 text-sm">
      <Icon
        aria-hidden
        className={line.status === 'granted' ? 'mt-0.5 size-4 text-success' : 'mt-0.5 size-4 text-warning'}
      />
      <div className="min-w-0 flex-1">
        <p>{lineWords(line)}</p>
        <p className="text-xs break-words text-muted-foreground">
          {address} · {sourceWords(line.source)} · <WhenLabel at={line.createdAt} />
        </p>
        {line.textVersion && <p className="text-xs text-muted-foreground">Wording: {line.textVersion}</p>}
        {line.note && <p className="text-xs break-words text-muted-foreground">{line.note}</p>}
      </div>
    </li>
  );
}

function useConsents(card: ContactCard) {
  // Null until it is known: an empty ledger says something.
  const [lines, setLines] = useState<ConsentLine[] | null>(null);
  const numbers = card.phones.map(({ e164 }) => e164).filter((e164) => e164 !== null);
  const addresses = [...numbers, ...card.emails.map(({ email }) => email.toLowerCase())].join(' ');
  const load = useCallback(async () => {
    try {
      setLines(await fetchConsents(addresses === '' ? [] : addresses.split(' '), MOST));
    } catch (error) {
      // The numbers say themselves whether they can be texted; the next look tries again.
      console.warn('could not load the consent ledger', error);
    }
  }, [addresses]);
  useLiveQuery(load, 'thread_entries');
  return { lines, load };
}
