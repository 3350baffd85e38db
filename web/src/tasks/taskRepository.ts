import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asList } from '@/lib/decode';
import { decodeTask, type Task, type TaskKind } from './taskModel';

export interface TaskList {
  tasks: Task[];
  complete: boolean;
}

/** The open tasks, of one member or of everybody: those with the earliest day first. */
export async function fetchOpenTasks(assignedTo: string | null, limit: number): Promise<TaskList> {
  let query = getClient().from('task_list').select('*').is('completed_at', null);
  if (assignedTo !== null) query = query.eq('assigned_to', assignedTo);
  query = query
    .order('due_on', { ascending: true, nullsFirst: false })
    .order('created_at')
    .order('id')
    .limit(limit);
  const tasks = asList(await answerOf(query), decodeTask);
  return { tasks, complete: tasks.length < limit };
}

const MOST_OF_CONTACT = 50;

/** A contact's tasks: the open ones by their day, then the latest of those that are done. */
export async function fetchTasksOf(contactId: string): Promise<{ open: Task[]; done: Task[] }> {
  const mine = () =>
    getClient().from('task_list').select('*').eq('contact_id', contactId).limit(MOST_OF_CONTACT);
  const [open, done] = await Promise.all([
    answerOf(
      mine()
        .is('completed_at', null)
        .order('due_on', { ascending: true, nullsFirst: false })
        .order('created_at'),
    ),
    answerOf(mine().not('completed_at', 'is', null).order('completed_at', { ascending: false })),
  ]);
  return { open: asList(open, decodeTask), done: asList(done, decodeTask) };
}

export interface NewTask {
  id: string;
  contactId: string | null;
  kind: TaskKind;
  title: string;
  dueOn: string | null;
  assignedTo: string | null;
}

/** The same id again is success. */
export async function addTask({ id, contactId, kind, title, dueOn, assignedTo }: NewTask): Promise<void> {
  const row = { id, contact_id: contactId, kind, title, due_on: dueOn, assigned_to: assignedTo };
  await answerOf(getClient().from('tasks').upsert(row, { onConflict: 'id', ignoreDuplicates: true }));
}

export interface TaskChange {
  title: string;
  dueOn: string | null;
  assignedTo: string | null;
}

export async function changeTask(id: string, { title, dueOn, assignedTo }: TaskChange): Promise<void> {
  const row = { title, due_on: dueOn, assigned_to: assignedTo };
  await answerOf(getClient().from('tasks').update(row).eq('id', id));
}

export async function completeTask(id: string, done: boolean): Promise<void> {
  await answerOf(getClient().rpc('complete_task', { p_task: id, p_done: done }));
}
