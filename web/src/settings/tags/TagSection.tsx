import { Pencil, Tag as TagIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { EmptyState } from '@/components/EmptyState';
import { TagChip } from '@/components/TagChip';
import { WhenLoaded } from '@/components/WhenLoaded';
import { Button } from '@/components/ui/Button';
import type { Tag } from '@/contacts/tagModel';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { Section } from '@/settings/Section';
import { DeleteTagDialog } from './DeleteTagDialog';
import { TagDialog } from './TagDialog';
import { fetchTags } from './tagRepository';

type Open = { dialog: 'new' } | { dialog: 'edit' | 'delete'; tag: Tag };

export function TagSection() {
  const tags = useLiveLoaded(fetchTags, 'tags');
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const button = <Button onClick={() => setOpen({ dialog: 'new' })}>New tag</Button>;
  const some = tags.value !== undefined && tags.value.length > 0;
  return (
    <Section
      title="Tags"
      description="Short words that sort contacts: a kind of customer, a plan, a street."
      action={some && button}
    >
      <WhenLoaded loaded={tags}>
        {(known) =>
          known.length === 0 ? (
            <EmptyState icon={TagIcon} title="No tags yet" action={button}>
              Put tags on contacts to find those that belong together.
            </EmptyState>
          ) : (
            <TagList tags={known} onOpen={setOpen} />
          )
        }
      </WhenLoaded>
      {open?.dialog === 'new' && <TagDialog tag={null} onClose={close} reload={tags.load} />}
      {open?.dialog === 'edit' && <TagDialog tag={open.tag} onClose={close} reload={tags.load} />}
      {open?.dialog === 'delete' && <DeleteTagDialog tag={open.tag} onClose={close} reload={tags.load} />}
    </Section>
  );
}

function TagList({ tags, onOpen }: { tags: readonly Tag[]; onOpen: (open: Open) => void }) {
  return (
    <ul role="list" className="-my-2 divide-y">
      {tags.map((tag) => (
        <li key={tag.id} aria-label={tag.name} className="flex items-center gap-2 py-2">
          <div className="min-w-0 flex-1">
            <TagChip color={tag.color}>{tag.name}</TagChip>
          </div>
          <Button
            variant="quiet"
            size="icon"
            aria-label={`Edit ${tag.name}`}
            onClick={() => onOpen({ dialog: 'edit', tag })}
          >
            <Pencil aria-hidden />
          </Button>
          <Button
            variant="quiet"
            size="icon"
            aria-label={`Delete ${tag.name}`}
            onClick={() => onOpen({ dialog: 'delete', tag })}
          >
            <Trash2 aria-hidden />
          </Button>
        </li>
      ))}
    </ul>
  );
}
