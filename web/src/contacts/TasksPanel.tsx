import { Plus } from 'lucide-react';
import { useCallback, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { useLiveQuery } from '@/database/useLiveQuery';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { TaskForm } from '@/tasks/TaskForm';
import { TaskLine } from '@/tasks/TaskLine';
import type { Task } from '@/tasks/taskModel';
import { fetchTasksOf } from '@/tasks/taskRepository';
import { Panel } from './Panel';

/** What is to be done for the contact, and what was. */
export function TasksPanel({ contactId }: { contactId: string }) {
  const { role } = useCompany();
  const { open, done, load } = useTasksOf(contactId);
  const [adding, setAdding] = useState(false);
  return (
    <Panel
      title="Tasks"
      count={open.length}
      action={
        may(role, 'contacts.write') &&
        !adding && (
          <Button variant="quiet" size="icon" aria-label="Add a task" onClick={() => setAdding(true)}>
            <Plus aria-hidden />
          </Button>
        )
      }
    >
      {adding && (
        <div className="border-t p-4">
          <TaskForm contactId={contactId} onDone={() => setAdding(false)} reload={load} />
        </div>
      )}
      <ul role="list" className="divide-y border-t empty:hidden">
        {open.map((task) => (
          <TaskLine key={task.id} task={task} reload={load} />
        ))}
      </ul>
      {done.length > 0 && (
        <details className="border-t">
          <summary className="target px-4 py-2 text-sm text-muted-foreground">{done.length} done</summary>
          <ul role="list" className="divide-y">
            {done.map((task) => (
              <TaskLine key={task.id} task={task} reload={load} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function useTasksOf(contactId: string) {
  const [tasks, setTasks] = useState<{ open: Task[]; done: Task[] }>({ open: [], done: [] });
  const load = useCallback(async () => {
    try {
      setTasks(await fetchTasksOf(contactId));
    } catch (error) {
      // The page is useful without them, and the next look tries again.
      console.warn("could not load the contact's tasks", error);
    }
  }, [contactId]);
  useLiveQuery(load, 'task_list');
  return { ...tasks, load };
}
