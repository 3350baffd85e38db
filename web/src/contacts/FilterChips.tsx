import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { TagChip } from '@/components/TagChip';
import { cn } from '@/lib/cn';
import { CONTACT_TYPES, type ContactType } from './contactModel';
import { REACH_WORDS, toggled, type ListQuery } from './listModel';
import { useOrganizationName } from './useOrganization';
import { useVocabulary } from './vocabularyStore';

const TYPE_CHIPS: Record<ContactType, string> = {
  lead: 'Leads',
  customer: 'Customers',
  vendor: 'Vendors',
  partner: 'Partners',
};

interface FilterChipsProps {
  query: ListQuery;
  onChange: (query: ListQuery) => void;
}

/** The types to choose from, and each other filter that is set, with the way to take it out. */
export function FilterChips({ query, onChange }: FilterChipsProps) {
  return (
    <div role="group" aria-label="Filters" className="flex min-w-0 items-center gap-1.5 overflow-x-auto py-1">
      {CONTACT_TYPES.map((type) => (
        <TypeChip
          key={type}
          pressed={query.types.includes(type)}
          onClick={() => onChange({ ...query, types: toggled(query.types, type) })}
        >
          {TYPE_CHIPS[type]}
        </TypeChip>
      ))}
      <SetFilters query={query} onChange={onChange} />
    </div>
  );
}

interface TypeChipProps {
  pressed: boolean;
  onClick: () => void;
  children: string;
}

const CHIP = 'flex h-8 target shrink-0 items-center gap-1.5 rounded-full border px-3 text-sm font-medium';

function TypeChip({ pressed, onClick, children }: TypeChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={cn(
        CHIP,
        'transition-colors',
        pressed
          ? 'border-primary bg-accent text-accent-foreground'
          : 'text-muted-foreground hover:bg-muted hover:text-foreground',
      )}
    >
      {children}
    </button>
  );
}

function SetFilters({ query, onChange }: FilterChipsProps) {
  const tags = useVocabulary((state) => state.tags);
  const organization = useOrganizationName(query.organizationId);
  return (
    <>
      {tags
        .filter(({ id }) => query.tagIds.includes(id))
        .map(({ id, name, color }) => (
          <SetChip
            key={id}
            label={`tag ${name}`}
            onRemove={() => onChange({ ...query, tagIds: toggled(query.tagIds, id) })}
          >
            <TagChip color={color}>{name}</TagChip>
          </SetChip>
        ))}
      {query.organizationId !== '' && (
        <SetChip
          label={organization ?? 'Organization'}
          onRemove={() => onChange({ ...query, organizationId: '' })}
        >
          {organization ?? 'Organization'}
        </SetChip>
      )}
      {query.has !== '' && (
        <SetChip label={REACH_WORDS[query.has]} onRemove={() => onChange({ ...query, has: '' })}>
          {REACH_WORDS[query.has]}
        </SetChip>
      )}
      {query.city !== '' && (
        <SetChip label={`In ${query.city}`} onRemove={() => onChange({ ...query, city: '' })}>
          In {query.city}
        </SetChip>
      )}
      {query.source !== '' && (
        <SetChip label={`From ${query.source}`} onRemove={() => onChange({ ...query, source: '' })}>
          From {query.source}
        </SetChip>
      )}
    </>
  );
}

interface SetChipProps {
  label: string;
  onRemove: () => void;
  children: ReactNode;
}

function SetChip({ label, onRemove, children }: SetChipProps) {
  return (
    <button
      type="button"
      aria-label={`Remove filter: ${label}`}
      onClick={onRemove}
      className={cn(CHIP, 'max-w-56 border-primary bg-accent text-accent-foreground')}
    >
      <span className="min-w-0 truncate">{children}</span>
      <X aria-hidden className="size-3.5 shrink-0" />
    </button>
  );
}
