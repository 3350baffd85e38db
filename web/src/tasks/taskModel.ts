import { daysBetween } from '@/lib/calendarDay';
import { asFields, flag, oneOf, text, textOrNull, whole } from '@/lib/decode';
import { dayOf, type Place } from '@/lib/when';

const TASK_KINDS = ['todo', 'call_back'] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** Something that somebody of the company has to do. */
export interface Task {
  id: string;
  version: number;
  kind: TaskKind;
  title: string;
  body: string | null;
  contactId: string | null;
  contactName: string | null;
  /** A calendar day; null: whenever. */
  dueOn: string | null;
  /** The user id of a member; null: nobody yet. */
  assignedTo: string | null;
  assigneeName: string | null;
  completedAt: string | null;
  /** By the company's day, as the database sees it. */
  isOverdue: boolean;
}

export function decodeTask(value: unknown): Task {
  const row = asFields(value);
  return {
    id: text(row, 'id'),
    version: whole(row, 'version'),
    kind: oneOf(row, 'kind', TASK_KINDS),
    title: text(row, 'title'),
    body: textOrNull(row, 'body'),
    contactId: textOrNull(row, 'contact_id'),
    contactName: textOrNull(row, 'contact_name'),
    dueOn: textOrNull(row, 'due_on'),
    assignedTo: textOrNull(row, 'assigned_to'),
    assigneeName: textOrNull(row, 'assignee_name'),
    completedAt: textOrNull(row, 'completed_at'),
    isOverdue: flag(row, 'is_overdue'),
  };
}

/** Overdue first, then by the day, then what has none; as the list is asked for. */
export interface TaskGroup {
  title: string;
  tasks: Task[];
}

const GROUPS = ['Overdue', 'Today', 'Later', 'Without a day'] as const;

/** The tasks by how soon they are due; groups without tasks are left out. */
export function groupTasks(tasks: readonly Task[], now: Date, place: Place): TaskGroup[] {
  const today = dayOf(now, place);
  const groupOf = ({ dueOn, isOverdue }: Task): (typeof GROUPS)[number] => {
    if (dueOn === null) return 'Without a day';
    if (isOverdue || daysBetween(today, dueOn) < 0) return 'Overdue';
    return dueOn === today ? 'Today' : 'Later';
  };
  return GROUPS.map((title) => ({ title, tasks: tasks.filter((task) => groupOf(task) === title) })).filter(
    (group) => group.tasks.length > 0,
  );
}
