import { AlarmClock, Pencil, PhoneOutgoing, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import { deleteWithUndo } from '@/contacts/deleteWithUndo';
import { cn } from '@/lib/cn';
import { dayWords } from '@/lib/calendarDay';
import { offerUndo, showFailure } from '@/lib/undoStore';
import { useNow } from '@/lib/useNow';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { TaskForm } from './TaskForm';
import type { Task } from './taskModel';
import { completeTask } from './taskRepository';

interface TaskLineProps {
  task: Task;
  /** With the contact's name, where it is not clear from the page. */
  withContact?: boolean;
  reload: () => Promise<void>;
}

/** A task to tick off. Ticking can be taken back. */
export function TaskLine({ task, withContact = false, reload }: TaskLineProps) {
  const { role } = useCompany();
  const mayChange = may(role, 'contacts.write');
  const isDone = task.completedAt !== null;
  return (
    <li className="flex items-start gap-3 px-4 py-2">
      <Tick key={String(isDone)} task={task} disabled={!mayChange} reload={reload} />
      <div className="min-w-0 flex-1 pt-2 text-sm md:pt-1.5">
        <p className={cn('break-words', isDone ? 'text-muted-foreground line-through' : 'font-medium')}>
          {task.kind === 'call_back' && (
            <PhoneOutgoing aria-label="Call back" className="mr-1.5 inline size-4 text-muted-foreground" />
          )}
          {task.title}
        </p>
        {task.body && <p className="break-words whitespace-pre-wrap text-muted-foreground">{task.body}</p>}
        <TaskFacts task={task} withContact={withContact} />
      </div>
      {mayChange && !isDone && <TaskActions task={task} reload={reload} />}
    </li>
  );
}

interface TickProps {
  task: Task;
  disabled: boolean;
  reload: () => Promise<void>;
}

function Tick({ task, disabled, reload }: TickProps) {
  const wasDone = task.completedAt !== null;
  // At once; the next answer of the database settles it.
  const [done, setDone] = useState(wasDone);
  const set = async (next: boolean) => {
    setDone(next);
    try {
      await completeTask(task.id, next);
    } catch (error) {
      setDone(!next);
      showFailure(error);
      return;
    }
    if (next) offerUndo({ words: `Done: ${task.title}`, undo: () => set(false) });
    await reload();
  };
  return (
    <label className="grid size-11 shrink-0 place-items-center md:size-8">
      <span className="sr-only">Done: {task.title}</span>
      <input
        type="checkbox"
        className="size-5 accent-primary"
        checked={done}
        disabled={disabled}
        onChange={(event) => void set(event.target.checked)}
      />
    </label>
  );
}

function TaskFacts({ task, withContact }: { task: Task; withContact: boolean }) {
  const company = useCompany();
  const now = useNow();
  const isLate = task.isOverdue && task.completedAt === null;
  return (
    <p className="flex flex-wrap items-center gap-x-3 text-xs text-muted-foreground">
      {task.dueOn !== null && (
        <span className={cn('inline-flex items-center gap-1', isLate && 'font-medium text-destructive')}>
          {isLate && <AlarmClock aria-hidden className="size-3.5" />}
          {isLate && 'Overdue: '}
          {dayWords(task.dueOn, now, company)}
        </span>
      )}
      <span>{task.assignedTo === company.userId ? 'You' : (task.assigneeName ?? 'Nobody yet')}</span>
      {withContact && task.contactId !== null && (
        <Link
          to={`/contacts/${task.contactId}`}
          className="inline-flex target min-w-0 items-center text-primary underline underline-offset-4"
        >
          <span className="truncate">{task.contactName ?? 'Open the contact'}</span>
        </Link>
      )}
    </p>
  );
}

function TaskActions({ task, reload }: { task: Task; reload: () => Promise<void> }) {
  const [editing, setEditing] = useState(false);
  const close = () => setEditing(false);
  const remove = () =>
    void deleteWithUndo({ kind: 'task', id: task.id, words: 'The task was deleted.', reload });
  return (
    <span className="flex shrink-0">
      <Button
        variant="quiet"
        size="icon"
        className="size-8"
        aria-label={`Change: ${task.title}`}
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden />
      </Button>
      <Button
        variant="quiet"
        size="icon"
        className="size-8"
        aria-label={`Delete: ${task.title}`}
        onClick={remove}
      >
        <Trash2 aria-hidden />
      </Button>
      {editing && (
        <Dialog open onClose={close} title="Change the task">
          <TaskForm task={task} contactId={task.contactId} onDone={close} reload={reload} />
        </Dialog>
      )}
    </span>
  );
}
