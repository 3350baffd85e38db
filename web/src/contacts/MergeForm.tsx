import { ArrowLeftRight } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useNavigate } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { offerUndo } from '@/lib/undoStore';
import { formatNumber } from '@/lib/phone';
import { useAction } from '@/lib/useAction';
import { useNow } from '@/lib/useNow';
import { dayLabel } from '@/lib/when';
import { useCompany } from '@/session/companyStore';
import type { ContactCard } from './cardModel';
import { nameOf } from './contactModel';
import { MergeFieldRow } from './MergeFieldRow';
import type { Candidate } from './MergePage';
import { allChoices, consentWords, mergeFields, movingWords, type MergeChoices } from './mergeModel';
import { mergeContacts, undoMerge } from './mergeRepository';
import { useVocabulary } from './vocabularyStore';

interface MergeFormProps {
  first: Candidate;
  second: Candidate;
}

/** Both side by side: whose values stay, what moves, and what becomes of consent. */
export function MergeForm({ first, second }: MergeFormProps) {
  const { country, locale } = useCompany();
  const navigate = useNavigate();
  const action = useAction();
  const customFields = useVocabulary((state) => state.fields);
  const [swapped, setSwapped] = useState(false);
  const [choices, setChoices] = useState<MergeChoices>({});
  const [winner, loser] = swapped ? [second, first] : [first, second];
  const fields = mergeFields(winner.card, loser.card, customFields, locale);
  const winnerName = nameOf(winner.card, country);
  const loserName = nameOf(loser.card, country);
  const consent = consentWords(winner.card, loser.card, country);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    await action.run(async () => {
      const merge = await mergeContacts(winner.card.id, loser.card.id, allChoices(fields, choices));
      offerUndo({ words: `${loserName} is now part of ${winnerName}.`, undo: () => undoMerge(merge) });
      await navigate(`/contacts/${winner.card.id}`, { replace: true });
    });
  };
  const swap = () => {
    setSwapped(!swapped);
    setChoices({});
  };
  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <p className="text-sm text-muted-foreground">
        Choose what stays. Nothing is lost: numbers, addresses, tags, notes and everything else of both stay.
      </p>
      <div className="overflow-hidden rounded-lg border bg-card">
        <div className="grid grid-cols-2 items-end gap-2 border-b px-4 py-3 text-sm">
          <Head title="Stays" card={winner.card} />
          <Head title="Becomes part of it" card={loser.card} />
        </div>
        {fields.map((field) => (
          <MergeFieldRow
            key={field.name}
            field={field}
            choices={choices}
            onChoose={(side) => setChoices({ ...choices, [field.name]: side })}
          />
        ))}
      </div>
      <Button variant="outline" className="justify-self-start" onClick={swap}>
        <ArrowLeftRight aria-hidden />
        Keep the other one
      </Button>
      <Notice tone="info">
        <p>Moves over: {movingWords(movingOf(loser))}.</p>
        <p>Old links lead to the one that stays. You can undo the merge for 30 days.</p>
      </Notice>
      {consent && <Notice tone="warning">{consent}</Notice>}
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={action.busy}>
          Merge
        </Button>
        <Button variant="outline" onClick={() => void navigate(-1)}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

/** Who it is: two of the same name are told apart by how they are reached, and since when they are known. */
function Head({ title, card }: { title: string; card: ContactCard }) {
  const company = useCompany();
  const now = useNow();
  const { phones, emails } = card;
  const numbers = phones.map(({ e164, raw }) => (e164 === null ? raw : formatNumber(e164, company.country)));
  return (
    <div className="min-w-0 self-start">
      <p className="text-xs text-muted-foreground">{title}</p>
      <h2 className="font-semibold break-words">{nameOf(card, company.country)}</h2>
      {[...numbers, ...emails.map(({ email }) => email)].map((reach) => (
        <p key={reach} className="[overflow-wrap:anywhere]">
          {reach}
        </p>
      ))}
      <p className="text-muted-foreground">Known since {dayLabel(card.createdAt, now, company)}</p>
    </div>
  );
}

function movingOf({ card, moving }: Candidate): Record<string, number> {
  const { phones, emails, properties } = card;
  return { phones: phones.length, emails: emails.length, properties: properties.length, ...moving };
}
