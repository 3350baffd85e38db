import { useMemo } from 'react';
import { SelectField } from '@/components/ui/Field';
import { CONTACT_TYPES, TYPE_WORDS, type ContactType } from '@/contacts/contactModel';
import { useVocabulary } from '@/contacts/vocabularyStore';
import { useCompany } from '@/session/companyStore';
import { countries } from './countryModel';
import { DUPLICATE_WORDS, type DuplicateChoice, type ImportOptions } from './importModel';

interface OptionsFormProps {
  options: ImportOptions;
  onChange: (options: ImportOptions) => void;
}

export function OptionsForm({ options, onChange }: OptionsFormProps) {
  const { locale } = useCompany();
  const tags = useVocabulary((state) => state.tags);
  const places = useMemo(() => countries(locale), [locale]);
  return (
    <section aria-labelledby="options" className="grid gap-3">
      <h2 id="options" className="text-base font-semibold">
        How to import
      </h2>
      <div className="grid items-start gap-4 rounded-lg border bg-card p-4 sm:grid-cols-2">
        <SelectField
          label="When a contact is here already"
          hint="Found by number, e-mail address, or name and street."
          value={options.onDuplicate}
          onChange={(event) => onChange({ ...options, onDuplicate: event.target.value as DuplicateChoice })}
        >
          {Object.entries(DUPLICATE_WORDS).map(([choice, words]) => (
            <option key={choice} value={choice}>
              {words}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="New contacts are"
          hint="Unless the file says otherwise."
          value={options.type}
          onChange={(event) => onChange({ ...options, type: event.target.value as ContactType })}
        >
          {CONTACT_TYPES.map((type) => (
            <option key={type} value={type}>
              {TYPE_WORDS[type]}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Country"
          hint="For numbers without a country code, and for dates such as 3/4/2026."
          value={options.country}
          onChange={(event) => onChange({ ...options, country: event.target.value })}
        >
          {places.map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
        </SelectField>
        <SelectField
          label="Tag all of them"
          value={options.tagId ?? ''}
          onChange={(event) => onChange({ ...options, tagId: event.target.value || null })}
        >
          <option value="">No tag</option>
          {tags.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      </div>
    </section>
  );
}
