import { useState, type SyntheticEvent } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { SelectField, TextField } from '@/components/ui/Field';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import type { Task, TaskKind } from './taskModel';
import { addTask, changeTask } from './taskRepository';
import { useMembers } from './memberStore';

interface TaskFormProps {
  /** The task that is changed; without one a new one is added. */
  task?: Task;
  contactId: string | null;
  onDone: () => void;
  reload: () => Promise<void>;
}

const KIND_WORDS: Record<TaskKind, string> = { todo: 'To do', call_back: 'Call back' };

export function TaskForm({ task, contactId, onDone, reload }: TaskFormProps) {
  const { userId } = useCompany();
  const action = useAction();
  const [id] = useState(() => task?.id ?? newId());
  const [kind, setKind] = useState<TaskKind>('todo');
  const [title, setTitle] = useState(task?.title ?? '');
  const [dueOn, setDueOn] = useState(task?.dueOn ?? '');
  const [assignedTo, setAssignedTo] = useState(task ? (task.assignedTo ?? '') : userId);
  const [checked, setChecked] = useState(false);
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    setChecked(true);
    if (title.trim() === '') return;
    const written = { title: title.trim(), dueOn: dueOn || null, assignedTo: assignedTo || null };
    const done = await action.run(async () => {
      await (task ? changeTask(id, written) : addTask({ id, contactId, kind, ...written }));
      await reload();
    });
    if (done) onDone();
  };
  return (
    <form noValidate className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <TextField
        label="What is to be done?"
        value={title}
        maxLength={200}
        autoComplete="off"
        // The form was asked for to write this.
        // eslint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        problem={checked && title.trim() === '' ? 'Write what is to be done.' : null}
        onChange={(event) => setTitle(event.target.value)}
      />
      <div className="grid grid-cols-2 gap-4">
        <TextField label="Due" type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
        <AssigneeField value={assignedTo} onChange={setAssignedTo} />
        {!task && (
          <SelectField
            label="Kind"
            value={kind}
            onChange={(event) => setKind(event.target.value === 'call_back' ? 'call_back' : 'todo')}
          >
            {Object.entries(KIND_WORDS).map(([value, words]) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </SelectField>
        )}
      </div>
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" busy={action.busy}>
          {task ? 'Save task' : 'Add task'}
        </Button>
        <Button variant="outline" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

function AssigneeField({ value, onChange }: { value: string; onChange: (userId: string) => void }) {
  const { userId, displayName } = useCompany();
  const members = useMembers();
  const others = members.filter((member) => member.isActive && member.userId !== userId);
  return (
    <SelectField label="Who" value={value} onChange={(event) => onChange(event.target.value)}>
      <option value={userId}>{displayName} (you)</option>
      {others.map((member) => (
        <option key={member.userId} value={member.userId}>
          {member.displayName}
        </option>
      ))}
      <option value="">Nobody yet</option>
    </SelectField>
  );
}
