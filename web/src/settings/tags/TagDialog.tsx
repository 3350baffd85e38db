import { useState, type SyntheticEvent } from 'react';
import { DialogButtons } from '@/components/DialogButtons';
import { FailureNotice } from '@/components/FailureNotice';
import { TAG_COLORS, TagChip, type TagColor } from '@/components/TagChip';
import { Dialog } from '@/components/ui/Dialog';
import { TextField } from '@/components/ui/Field';
import type { Tag } from '@/contacts/tagModel';
import { useAction } from '@/lib/useAction';
import { newId } from '@/lib/uuid';
import { addTag, changeTag } from './tagRepository';

interface TagDialogProps {
  /** Null to make one. */
  tag: Tag | null;
  onClose: () => void;
  reload: () => Promise<void>;
}

export function TagDialog({ tag, onClose, reload }: TagDialogProps) {
  const [id] = useState(newId);
  const [name, setName] = useState(tag?.name ?? '');
  const [color, setColor] = useState<TagColor>(tag?.color ?? 'gray');
  const action = useAction();
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const done = await action.run(async () => {
      await (tag ? changeTag(tag.id, name.trim(), color) : addTag(id, name.trim(), color));
      await reload();
    });
    if (done) onClose();
  };
  return (
    <Dialog open onClose={onClose} title={tag ? `Edit ${tag.name}` : 'New tag'}>
      <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
        <TextField
          label="Name"
          required
          pattern=".*\S.*"
          title="A name"
          maxLength={40}
          autoComplete="off"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <ColorChoice color={color} name={name.trim() || 'Tag'} onChoose={setColor} />
        <FailureNotice failure={action.failure} />
        <DialogButtons
          onCancel={onClose}
          action={{ words: tag ? 'Save' : 'Make the tag', busy: action.busy }}
        />
      </form>
    </Dialog>
  );
}

interface ColorChoiceProps {
  color: TagColor;
  /** What the tag will look like. */
  name: string;
  onChoose: (color: TagColor) => void;
}

function ColorChoice({ color, name, onChoose }: ColorChoiceProps) {
  return (
    <fieldset>
      <legend className="mb-2 text-sm font-medium">Color</legend>
      <div className="grid grid-cols-2 gap-2">
        {TAG_COLORS.map((each) => (
          <label
            key={each}
            className="flex h-10 target min-w-0 cursor-pointer items-center gap-2 rounded-lg border px-3 text-sm has-checked:border-primary has-checked:bg-muted"
          >
            <input
              type="radio"
              name="color"
              value={each}
              aria-label={each}
              checked={each === color}
              onChange={() => onChoose(each)}
              className="size-4 shrink-0 accent-primary"
            />
            <TagChip color={each}>{name}</TagChip>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
