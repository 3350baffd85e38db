import { useState } from 'react';
import { toFailure } from '@/lib/failure';
import { useAction, type Action } from '@/lib/useAction';
import { formatNumber } from '@/lib/phone';
import { newId } from '@/lib/uuid';
import { useCompany } from '@/session/companyStore';
import { fetchCard, saveContact } from './cardRepository';
import { customValuesOf, formOf, isBlankProperty, rebase, type ContactForm } from './formModel';
import { saveProperty } from './propertyRepository';
import { useVocabulary } from './vocabularyStore';

/** What a form begins with. */
export interface EditStart {
  id: string;
  /** Null for a new contact. */
  version: number | null;
  form: ContactForm;
}

export interface EditedContact {
  form: ContactForm;
  change: (part: Partial<ContactForm>) => void;
  isDirty: boolean;
  /** Somebody else saved the contact after this form was made. */
  isStale: boolean;
  action: Action;
  /** True when it is saved. */
  save: () => Promise<boolean>;
  /** Takes over what others changed; what was typed here stays. */
  takeOver: () => Promise<void>;
}

/** The state of a contact's form, from its start to the saved contact. */
export function useEditedContact(start: EditStart): EditedContact {
  const { country } = useCompany();
  const fields = useVocabulary((state) => state.fields);
  const [base, setBase] = useState(start);
  const [form, setForm] = useState(start.form);
  const [isStale, setIsStale] = useState(false);
  const action = useAction();
  const write = async () => {
    const customValues = customValuesOf(form, fields);
    try {
      await saveContact({ id: base.id, version: base.version, form, customValues, country });
    } catch (error) {
      setIsStale(toFailure(error).code === 'stale');
      throw error;
    }
    if (base.version === null && !isBlankProperty(form.property)) await saveProperty(base.id, form.property);
  };
  const takeOver = async () => {
    await action.run(async () => {
      const card = await fetchCard(base.id);
      if (!card) return;
      const latest = formOf(card, (e164) => formatNumber(e164, country), newId);
      setForm(rebase(form, base.form, latest));
      setBase({ ...base, version: card.version, form: latest });
      setIsStale(false);
    });
  };
  return {
    form,
    change: (part) => setForm((known) => ({ ...known, ...part })),
    isDirty: form !== base.form,
    isStale,
    action,
    save: () => action.run(write),
    takeOver,
  };
}
