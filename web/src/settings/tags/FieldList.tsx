import { Archive, ArchiveRestore, ArrowDown, ArrowUp, Pencil } from 'lucide-react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import type { CustomField } from '@/contacts/customFieldModel';
import { announce } from '@/lib/announcer';
import { offerUndo } from '@/lib/undoStore';
import { useAction } from '@/lib/useAction';
import { KIND_WORDS, moved } from './fieldModel';
import { archiveField, orderFields } from './fieldRepository';

interface FieldListProps {
  fields: readonly CustomField[];
  onEdit: (field: CustomField) => void;
  reload: () => Promise<void>;
}

/** Those in use, in their order; below them those that are archived. */
export function FieldList({ fields, onEdit, reload }: FieldListProps) {
  const action = useAction();
  const used = fields.filter(({ archivedAt }) => archivedAt === null);
  const archived = fields.filter(({ archivedAt }) => archivedAt !== null);
  const move = (index: number, by: -1 | 1) =>
    void action.run(async () => {
      await orderFields([...moved(used, index, by), ...archived].map(({ id }) => id));
      await reload();
      announce(`${used[index]?.label ?? ''} is number ${index + by + 1} of ${used.length}`);
    });
  const put = async (field: CustomField, away: boolean) => {
    await archiveField(field.id, away);
    await reload();
  };
  const archive = (field: CustomField) =>
    void action.run(async () => {
      await put(field, true);
      offerUndo({ words: `The field ${field.label} was archived.`, undo: () => put(field, false) });
    });
  return (
    <>
      <FailureNotice failure={action.failure} />
      <ol role="list" className="-my-2 divide-y">
        {used.map((field, index) => (
          <li key={field.id} aria-label={field.label} className="flex flex-wrap items-center gap-x-1 py-2">
            <FieldFacts field={field} />
            <div className="ml-auto flex">
              <IconButton
                icon={ArrowUp}
                label={`Move ${field.label} up`}
                disabled={action.busy || index === 0}
                onClick={() => move(index, -1)}
              />
              <IconButton
                icon={ArrowDown}
                label={`Move ${field.label} down`}
                disabled={action.busy || index === used.length - 1}
                onClick={() => move(index, 1)}
              />
              <IconButton icon={Pencil} label={`Edit ${field.label}`} onClick={() => onEdit(field)} />
              <IconButton
                icon={Archive}
                label={`Archive ${field.label}`}
                disabled={action.busy}
                onClick={() => archive(field)}
              />
            </div>
          </li>
        ))}
      </ol>
      {archived.length > 0 && (
        <ArchivedFields
          fields={archived}
          busy={action.busy}
          onRestore={(field) => void action.run(() => put(field, false))}
        />
      )}
    </>
  );
}

function FieldFacts({ field: { label, kind, options } }: { field: CustomField }) {
  return (
    <div className="min-w-0 flex-1 basis-48 text-sm">
      <p className="font-medium break-words">{label}</p>
      <p className="break-words text-muted-foreground">
        {KIND_WORDS[kind]}
        {options.length > 0 && `: ${options.join(', ')}`}
      </p>
    </div>
  );
}

interface IconButtonProps {
  icon: typeof Pencil;
  label: string;
  disabled?: boolean;
  onClick: () => void;
}

function IconButton({ icon: Icon, label, disabled = false, onClick }: IconButtonProps) {
  return (
    <Button variant="quiet" size="icon" aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon aria-hidden />
    </Button>
  );
}

interface ArchivedFieldsProps {
  fields: readonly CustomField[];
  busy: boolean;
  onRestore: (field: CustomField) => void;
}

function ArchivedFields({ fields, busy, onRestore }: ArchivedFieldsProps) {
  return (
    <section aria-label="Archived fields" className="border-t pt-4">
      <h3 className="text-sm font-semibold">Archived</h3>
      <p className="text-sm text-muted-foreground">
        Contacts keep what was entered; nothing new is asked for.
      </p>
      <ul role="list" className="mt-2 divide-y">
        {fields.map((field) => (
          <li key={field.id} aria-label={field.label} className="flex items-center gap-2 py-2">
            <FieldFacts field={field} />
            <Button
              variant="outline"
              size="small"
              disabled={busy}
              aria-label={`Use again: ${field.label}`}
              onClick={() => onRestore(field)}
            >
              <ArchiveRestore aria-hidden />
              Use again
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
