import { useState } from 'react';
import { useLiveLoaded } from '@/database/useLiveLoaded';
import { toFailure, type Failure } from '@/lib/failure';
import { useAction, type Action } from '@/lib/useAction';
import { loadCompany } from '@/session/companyStore';
import { changedFields, rebase, type Profile, type ProfileField, type ProfileForm } from './profileModel';
import { fetchProfile, saveProfile } from './profileRepository';

interface Edited {
  /** What the changes are made to. */
  base: Profile;
  form: ProfileForm;
  /** Fields that somebody else changed too, until the person decides. */
  conflicts: readonly ProfileField[];
}

export interface ProfileEditing extends Edited {
  isDirty: boolean;
  save: Action;
  change: (part: Partial<ProfileForm>) => void;
  /** Gives up one's own value of a field for theirs. */
  takeTheirs: (field: ProfileField) => void;
  undoAll: () => void;
  /** True when it is saved. */
  submit: () => Promise<boolean>;
}

interface ProfileState {
  /** Null until it is known. */
  editing: ProfileEditing | null;
  failure: Failure | null;
  load: () => Promise<void>;
}

/** The company in a form. What colleagues save meanwhile comes in, below what is being typed here. */
export function useProfileForm(): ProfileState {
  const { value, failure, load } = useLiveLoaded(fetchProfile, 'tenants');
  const [edited, setEdited] = useState<Edited | null>(null);
  const save = useAction();
  // While rendering, so that no frame shows the form without what was loaded.
  if (value && value.version > (edited?.base.version ?? 0)) setEdited(onto(value, edited));
  const submit = (sent: Edited) =>
    save.run(async () => {
      const saved = await saveOrLoad(sent, load);
      // What was typed while it was being saved is kept.
      setEdited((now) => ({ base: saved, ...rebase(sent.form, now?.form ?? sent.form, saved.form) }));
      await loadCompany();
    });
  const editing = edited && {
    ...edited,
    isDirty: changedFields(edited.base.form, edited.form).length > 0,
    save,
    change: (part: Partial<ProfileForm>) => setEdited({ ...edited, form: { ...edited.form, ...part } }),
    takeTheirs: (field: ProfileField) => setEdited(withTheirs(edited, field)),
    undoAll: () => setEdited({ ...edited, form: edited.base.form, conflicts: [] }),
    submit: () => submit(edited),
  };
  return { editing, failure, load };
}

/** The company as it is after saving; when somebody was quicker, their changes come in before the person is told. */
async function saveOrLoad({ base, form }: Edited, load: () => Promise<void>): Promise<Profile> {
  try {
    await saveProfile(base, form);
  } catch (error) {
    if (toFailure(error).code === 'stale') await load();
    throw error;
  }
  return fetchProfile();
}

function onto(theirs: Profile, edited: Edited | null): Edited {
  if (!edited) return { base: theirs, form: theirs.form, conflicts: [] };
  const { form, conflicts } = rebase(edited.base.form, edited.form, theirs.form);
  const different = changedFields(theirs.form, form);
  const open = edited.conflicts.filter((field) => different.includes(field));
  return { base: theirs, form, conflicts: [...new Set([...open, ...conflicts])] };
}

function withTheirs(edited: Edited, field: ProfileField): Edited {
  return {
    ...edited,
    form: { ...edited.form, [field]: edited.base.form[field] },
    conflicts: edited.conflicts.filter((each) => each !== field),
  };
}
