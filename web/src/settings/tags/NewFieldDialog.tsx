import { useState, type SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField } from '@/components/ui/Field';
import { FIELD_KINDS, type FieldKind } from '@/contacts/customFieldModel';
import { valuesOf } from '@/lib/form';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { LabelField, OptionsField } from './FieldInputs';
import { KIND_WORDS, readOptions } from './fieldModel';
import { addField } from './fieldRepository';

interface NewFieldDialogProps {
  position: number;
  onClose: () => void;
  reload: () => Promise<void>;
}

export function NewFieldDialog({ position, onClose, reload }: NewFieldDialogProps) {
  const [id] = useState(newId);
  const [kind, setKind] = useState<FieldKind>('text');
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    const { label, options } = valuesOf(event, 'label', 'options');
    const done = await action.run(async () => {
      await addField({ id, label, kind, options: readOptions(options), position });
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title="New field">
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <LabelField />
        <SelectField
          label="Kind"
          value={kind}
          hint="It cannot be changed later."
          onChange={(event) => setKind(FIELD_KINDS.find((each) => each === event.target.value) ?? kind)}
        >
          {FIELD_KINDS.map((each) => (
            <option key={each} value={each}>
              {KIND_WORDS[each]}
            </option>
          ))}
        </SelectField>
        {kind === 'choice' && <OptionsField />}
        <FailureNotice failure={action.failure} />
        <DialogButtons onCancel={onClose} action={{ words: 'Make the field', busy: action.busy }} />
      </form>
    </Dialog>
  );
}
