import {
  Building2,
  ContactRound,
  ListTodo,
  MapPin,
  Paperclip,
  StickyNote,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useCallback, useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { NotAllowed } from '@/components/NotAllowed';
import { WhenLabel } from '@/components/WhenLabel';
import { Button } from '@/components/ui/Button';
import { useLoaded } from '@/database/useLoaded';
import { announce } from '@/lib/announcer';
import { plainDay } from '@/lib/calendarDay';
import { showFailure } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { ListPage } from './ListPage';
import { fetchDeletedPages, restoreRecord, type DeletedRecord, type RecordKind } from './recordRepository';

const PAGE = 50;

export function DeletedPage() {
  const { role } = useCompany();
  usePageTitle('Recently deleted');
  return may(role, 'deleted.restore') ? <Deleted /> : <NotAllowed place="What was deleted" />;
}

function Deleted() {
  const [pages, setPages] = useState(1);
  const ask = useCallback(() => fetchDeletedPages(PAGE, pages), [pages]);
  const { value, failure, load } = useLoaded(ask);
  return (
    <ListPage title="Recently deleted" isLoaded={value !== undefined} failure={failure} onRetry={load}>
      {value?.records.length === 0 && (
        <EmptyState icon={Trash2} title="Nothing was deleted">
          What somebody deletes waits here for a while and can be restored.
        </EmptyState>
      )}
      {value && value.records.length > 0 && (
        <ul role="list" className="divide-y rounded-lg border bg-card">
          {value.records.map((record) => (
            <RecordLine key={`${record.kind} ${record.id}`} record={record} reload={load} />
          ))}
        </ul>
      )}
      {value?.next && (
        <Button variant="outline" className="justify-self-center" onClick={() => setPages(pages + 1)}>
          Show more
        </Button>
      )}
    </ListPage>
  );
}

const KINDS: Record<RecordKind, { icon: LucideIcon; word: string }> = {
  contact: { icon: ContactRound, word: 'Contact' },
  organization: { icon: Building2, word: 'Organization' },
  property: { icon: MapPin, word: 'Service address' },
  note: { icon: StickyNote, word: 'Note' },
  task: { icon: ListTodo, word: 'Task' },
  attachment: { icon: Paperclip, word: 'File' },
};

function RecordLine({ record, reload }: { record: DeletedRecord; reload: () => Promise<void> }) {
  const { locale } = useCompany();
  const action = useAction();
  const { icon: Icon, word } = KINDS[record.kind];
  const restore = () =>
    void action.run(async () => {
      try {
        await restoreRecord(record.kind, record.id);
        announce(`${record.title} is back.`);
        await reload();
      } catch (error) {
        showFailure(error);
      }
    });
  return (
    <li className="flex items-center gap-3 px-4 py-3 text-sm">
      <Icon aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="line-clamp-2 font-medium break-words">{record.title}</p>
        <p className="text-xs text-muted-foreground">
          {word} · deleted <WhenLabel at={record.deletedAt} />
          {record.deletedByName && ` by ${record.deletedByName}`}
          {record.purgeOn && ` · gone for good on ${plainDay(record.purgeOn, locale, true)}`}
        </p>
      </div>
      <Button
        variant="outline"
        size="small"
        busy={action.busy}
        aria-label={`Restore ${record.title}`}
        onClick={restore}
      >
        Restore
      </Button>
    </li>
  );
}
