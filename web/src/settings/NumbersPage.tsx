import { Pencil, Phone } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { PhoneNumber } from '@/components/PhoneNumber';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { formatNumber } from '@/lib/phone';
import { useDelayed } from '@/lib/useDelayed';
import { useCompany } from '@/session/companyStore';
import { NumberDialog } from './NumberDialog';
import type { CompanyNumber } from './numberRepository';
import { loadNumbers, useNumbers } from './numberStore';
import { Section } from './Section';

export function NumbersPage() {
  const { status, numbers, failure } = useNumbers();
  const [edited, setEdited] = useState<CompanyNumber | 'new' | null>(null);
  useLiveQuery(loadNumbers, 'phone_numbers');
  const slow = useDelayed(status === 'loading');
  if (status === 'failed' && failure)
    return <ErrorState failure={failure} onRetry={() => void loadNumbers()} />;
  if (status === 'loading') return slow ? <Skeleton className="h-40" /> : null;
  return (
    <Section
      title="Company numbers"
      description="The numbers that your customers text. They belong to your Twilio account."
      action={numbers.length > 0 && <AddButton onClick={() => setEdited('new')} />}
    >
      {numbers.length === 0 ? (
        <EmptyState
          icon={Phone}
          title="No number yet"
          action={<AddButton onClick={() => setEdited('new')} />}
        >
          Add the number that your customers know. Texts to it appear in the inbox.
        </EmptyState>
      ) : (
        <ul role="list" className="-my-2 divide-y">
          {numbers.map((number) => (
            <NumberRow key={number.id} number={number} onEdit={() => setEdited(number)} />
          ))}
        </ul>
      )}
      {edited && <NumberDialog number={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </Section>
  );
}

function AddButton({ onClick }: { onClick: () => void }) {
  return <Button onClick={onClick}>Add a number</Button>;
}

function NumberRow({ number, onEdit }: { number: CompanyNumber; onEdit: () => void }) {
  const { country } = useCompany();
  return (
    <li className="flex items-center gap-3 py-2">
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium break-words">{number.label ?? 'Without a name'}</p>
        <div className="text-muted-foreground">
          <PhoneNumber e164={number.e164} country={country} />
        </div>
        {!number.providerAnswersKeywords && (
          <p className="text-xs text-muted-foreground">FieldLite answers STOP, START and HELP.</p>
        )}
      </div>
      <Button
        variant="quiet"
        size="icon"
        aria-label={`Edit ${number.label ?? formatNumber(number.e164, country)}`}
        onClick={onEdit}
      >
        <Pencil aria-hidden />
      </Button>
    </li>
  );
}
