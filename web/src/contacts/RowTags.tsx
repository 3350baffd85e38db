import { TagChip } from '@/components/TagChip';
import { useVocabulary } from './vocabularyStore';

/** So many tags are named in a row, the rest are counted. */
const MOST = 2;

export function RowTags({ tagIds }: { tagIds: readonly string[] }) {
  const tags = useVocabulary((state) => state.tags);
  const mine = tags.filter(({ id }) => tagIds.includes(id));
  const more = mine.slice(MOST);
  if (mine.length === 0) return null;
  return (
    <span className="inline-flex max-w-full items-center gap-1 align-middle">
      {mine.slice(0, MOST).map(({ id, name, color }) => (
        <TagChip key={id} color={color}>
          {name}
        </TagChip>
      ))}
      {more.length > 0 && (
        <span
          className="shrink-0 text-xs text-muted-foreground"
          title={more.map(({ name }) => name).join(', ')}
        >
          +{more.length}
        </span>
      )}
    </span>
  );
}
