import type { SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import type { CustomField } from '@/contacts/customFieldModel';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { LabelField, OptionsField } from './FieldInputs';
import { KIND_WORDS, readOptions } from './fieldModel';
import { changeField } from './fieldRepository';

interface EditFieldDialogProps {
  field: CustomField;
  onClose: () => void;
  reload: () => Promise<void>;
}

export function EditFieldDialog({ field, onClose, reload }: EditFieldDialogProps) {
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { label, options } = valuesOf(event, 'label', 'options');
    const done = await action.run(async () => {
      await changeField(field.id, label, readOptions(options));
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Edit ${field.label}`}
      description={`Kind: ${KIND_WORDS[field.kind]}`}
    >
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <LabelField label={field.label} />
        {field.kind === 'choice' && (
          <OptionsField
            options={field.options}
            hint="One in each line. Contacts keep a choice that you take out here."
          />
        )}
        <FailureNotice failure={action.failure} />
        <DialogButtons onCancel={onClose} action={{ words: 'Save', busy: action.busy }} />
      </form>
    </Dialog>
  );
}
