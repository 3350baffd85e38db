import { CircleCheckBig, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { EmptyState } from '@/components/EmptyState';
import { ErrorState } from '@/components/ErrorState';
import { NotAllowed } from '@/components/NotAllowed';
import { PageHeader } from '@/components/PageHeader';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { cn } from '@/lib/cn';
import { useDelayed } from '@/lib/useDelayed';
import { useKeys } from '@/lib/useKeys';
import { useNow } from '@/lib/useNow';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { TaskForm } from './TaskForm';
import { TaskLine } from './TaskLine';
import { groupTasks } from './taskModel';
import type { TaskList } from './taskRepository';
import { useOpenTasks } from './useOpenTasks';

export function TasksPage() {
  const { role } = useCompany();
  usePageTitle('Tasks', useUnreadTotal());
  return may(role, 'contacts.read') ? <Tasks /> : <NotAllowed place="Tasks" />;
}

function Tasks() {
  const { role } = useCompany();
  const [search] = useSearchParams();
  const [adding, setAdding] = useState(false);
  const ofEverybody = search.get('of') === 'everybody';
  const mayAdd = may(role, 'contacts.write');
  const { list, failure, load, showMore } = useOpenTasks(ofEverybody);
  const handlers = useMemo(() => (mayAdd ? { n: () => setAdding(true) } : {}), [mayAdd]);
  useKeys(handlers);
  const close = () => setAdding(false);
  return (
    <>
      <PageHeader
        title="Tasks"
        action={
          mayAdd && (
            <Button onClick={() => setAdding(true)} title="New task (n)">
              <Plus aria-hidden />
              New task
            </Button>
          )
        }
      />
      <OwnerChips ofEverybody={ofEverybody} />
      <div className="min-h-0 flex-1 overflow-y-auto">
        {failure && !list && <ErrorState failure={failure} onRetry={() => void load()} />}
        {!failure && !list && <TasksSkeleton />}
        {list?.tasks.length === 0 && <NoTasks ofEverybody={ofEverybody} />}
        {list && list.tasks.length > 0 && <Groups list={list} reload={load} showMore={showMore} />}
      </div>
      {adding && (
        <Dialog open onClose={close} title="New task">
          <TaskForm contactId={null} onDone={close} reload={load} />
        </Dialog>
      )}
    </>
  );
}

const CHOICES = [
  { path: '/tasks', words: 'Mine', ofEverybody: false },
  { path: '/tasks?of=everybody', words: 'Everybody’s', ofEverybody: true },
] as const;

function OwnerChips({ ofEverybody }: { ofEverybody: boolean }) {
  return (
    <nav aria-label="Whose tasks" className="flex shrink-0 gap-1.5 border-b bg-card px-4 py-2.5 md:px-8">
      {CHOICES.map((choice) => (
        <Link
          key={choice.path}
          to={choice.path}
          aria-current={choice.ofEverybody === ofEverybody ? 'page' : undefined}
          className={cn(
            'flex h-8 target items-center rounded-full border px-3 text-sm font-medium transition-colors',
            choice.ofEverybody === ofEverybody
              ? 'border-primary bg-accent text-accent-foreground'
              : 'text-muted-foreground hover:bg-muted hover:text-foreground',
          )}
        >
          {choice.words}
        </Link>
      ))}
    </nav>
  );
}

interface GroupsProps {
  list: TaskList;
  reload: () => Promise<void>;
  showMore: () => void;
}

function Groups({ list, reload, showMore }: GroupsProps) {
  const company = useCompany();
  const now = useNow();
  return (
    <div className="mx-auto grid w-full max-w-3xl gap-6 px-4 py-5 pb-24 md:px-8">
      {groupTasks(list.tasks, now, company).map(({ title, tasks }) => (
        <section key={title} aria-label={title}>
          <h2 className="mb-2 flex items-baseline gap-2 text-sm font-semibold">
            {title}
            <span className="text-xs font-normal text-muted-foreground tabular-nums">{tasks.length}</span>
          </h2>
          <ul role="list" className="divide-y rounded-lg border bg-card">
            {tasks.map((task) => (
              <TaskLine key={task.id} task={task} withContact reload={reload} />
            ))}
          </ul>
        </section>
      ))}
      {!list.complete && (
        <Button variant="outline" className="justify-self-center" onClick={showMore}>
          Show more
        </Button>
      )}
    </div>
  );
}

function NoTasks({ ofEverybody }: { ofEverybody: boolean }) {
  return (
    <EmptyState
      icon={CircleCheckBig}
      title={ofEverybody ? 'Nothing is to be done' : 'Nothing is waiting for you'}
    >
      What somebody has to do stands here, by the day on which it is due. Add a task here or on a contact’s
      page.
    </EmptyState>
  );
}

function TasksSkeleton() {
  const slow = useDelayed(true);
  if (!slow) return null;
  return (
    <div role="status" className="mx-auto grid w-full max-w-3xl gap-3 p-5">
      <span className="sr-only">Loading tasks</span>
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
      <Skeleton className="h-14" />
    </div>
  );
}
