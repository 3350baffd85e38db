import { Check } from 'lucide-react';
import { TagChip } from '@/components/TagChip';
import { FormSection } from './FormSection';
import { toggled } from './listModel';
import { useVocabulary } from './vocabularyStore';

interface TagChoicesProps {
  chosen: readonly string[];
  onChange: (tagIds: readonly string[]) => void;
}

/** The company's tags to put on or take off; nothing while there are none. */
export function TagChoices({ chosen, onChange }: TagChoicesProps) {
  const tags = useVocabulary((state) => state.tags);
  if (tags.length === 0) return null;
  return (
    <FormSection title="Tags">
      <div className="flex flex-wrap gap-2">
        {tags.map(({ id, name, color }) => {
          const pressed = chosen.includes(id);
          return (
            <button
              key={id}
              type="button"
              aria-pressed={pressed}
              onClick={() => onChange(toggled(chosen, id))}
              className="inline-flex h-8 target max-w-full items-center gap-1.5 rounded-full border px-2 text-sm hover:bg-muted aria-pressed:border-primary aria-pressed:bg-accent"
            >
              <Check aria-hidden className={pressed ? 'size-4 text-primary' : 'size-4 opacity-0'} />
              <TagChip color={color}>{name}</TagChip>
            </button>
          );
        })}
      </div>
    </FormSection>
  );
}
