import { useState } from 'react';
import { TagChip } from '@/components/TagChip';
import { Button } from '@/components/ui/Button';
import { Checkbox } from '@/components/ui/Checkbox';
import { Dialog } from '@/components/ui/Dialog';
import { SelectField, TextField } from '@/components/ui/Field';
import { CONTACT_TYPES, TYPE_WORDS } from './contactModel';
import { EVERYBODY, REACHES, REACH_WORDS, SORTS, SORT_WORDS, toggled, type ListQuery } from './listModel';
import { OrganizationField } from './OrganizationField';
import { useOrganizationName } from './useOrganization';
import { useVocabulary } from './vocabularyStore';

interface FilterSheetProps {
  query: ListQuery;
  onChange: (query: ListQuery) => void;
  onClose: () => void;
}

/** All filters and the order. They work when "Show" is pressed, so that the list does not jump while choosing. */
export function FilterSheet({ query, onChange, onClose }: FilterSheetProps) {
  const [draft, setDraft] = useState(query);
  const tags = useVocabulary((state) => state.tags);
  const change = (part: Partial<ListQuery>) => setDraft({ ...draft, ...part });
  const show = (chosen: ListQuery) => {
    onChange(chosen);
    onClose();
  };
  return (
    <Dialog open onClose={onClose} title="Filters" shape="sheet">
      <form
        className="grid gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          show({ ...draft, city: draft.city.trim(), source: draft.source.trim() });
        }}
      >
        <SelectField
          label="Order"
          value={draft.sort}
          hint="A search shows the best matches first."
          onChange={(event) =>
            change({ sort: SORTS.find((each) => each === event.target.value) ?? 'recent' })
          }
        >
          {SORTS.map((sort) => (
            <option key={sort} value={sort}>
              {SORT_WORDS[sort]}
            </option>
          ))}
        </SelectField>
        <Choices legend="Type">
          {CONTACT_TYPES.map((type) => (
            <Checkbox
              key={type}
              label={TYPE_WORDS[type]}
              checked={draft.types.includes(type)}
              onChange={() => change({ types: toggled(draft.types, type) })}
            />
          ))}
        </Choices>
        {tags.length > 0 && (
          <Choices legend="Tags (all of these)">
            {tags.map(({ id, name, color }) => (
              <Checkbox
                key={id}
                label={<TagChip color={color}>{name}</TagChip>}
                checked={draft.tagIds.includes(id)}
                onChange={() => change({ tagIds: toggled(draft.tagIds, id) })}
              />
            ))}
          </Choices>
        )}
        <OrganizationFilter draft={draft} onChange={change} />
        <TextField
          label="City"
          value={draft.city}
          onChange={(event) => change({ city: event.target.value })}
        />
        <TextField
          label="Source"
          value={draft.source}
          hint="Where they heard of you, as written on their page."
          onChange={(event) => change({ source: event.target.value })}
        />
        <SelectField
          label="Can be reached"
          value={draft.has}
          onChange={(event) => change({ has: REACHES.find((each) => each === event.target.value) ?? '' })}
        >
          <option value="">In any way or none</option>
          {REACHES.map((reach) => (
            <option key={reach} value={reach}>
              {REACH_WORDS[reach]}
            </option>
          ))}
        </SelectField>
        <div className="flex flex-wrap gap-2">
          <Button type="submit">Show contacts</Button>
          <Button variant="outline" onClick={() => show({ ...EVERYBODY, words: query.words })}>
            Clear all
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function Choices({ legend, children }: { legend: string; children: React.ReactNode }) {
  return (
    <fieldset className="grid gap-2.5">
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      {children}
    </fieldset>
  );
}

interface OrganizationFilterProps {
  draft: ListQuery;
  onChange: (part: Partial<ListQuery>) => void;
}

function OrganizationFilter({ draft, onChange }: OrganizationFilterProps) {
  const known = useOrganizationName(draft.organizationId);
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <OrganizationField
      label="Organization"
      value={typed ?? known ?? ''}
      chosenId={draft.organizationId === '' ? null : draft.organizationId}
      newHint="Choose one of the list."
      onChange={(name, organization) => {
        setTyped(name);
        onChange({ organizationId: organization?.id ?? '' });
      }}
    />
  );
}
