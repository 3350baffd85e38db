import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { encodeHours, hoursWords } from './hoursModel';
import type { ProfileField, ProfileForm } from './profileModel';
import type { ProfileEditing } from './useProfileForm';

const FIELD_WORDS: Record<ProfileField, string> = {
  name: 'Name',
  phone: 'Phone',
  email: 'E-mail',
  website: 'Website',
  line1: 'Street',
  line2: 'Unit, floor',
  city: 'City',
  region: 'State',
  postalCode: 'ZIP code',
  timeZone: 'Time zone',
  locale: 'Language and region',
  hours: 'Business hours',
};

/** What somebody else saved meanwhile in fields that were changed here too. One's own stands until it is given up. */
export function ConflictNotice({ editing }: { editing: ProfileEditing }) {
  const { conflicts, base, takeTheirs } = editing;
  if (conflicts.length === 0) return null;
  return (
    <Notice tone="warning" className="mb-6">
      <p>Somebody else changed these meanwhile. What you typed is still here; saving puts it over theirs.</p>
      <ul role="list" className="mt-2 grid gap-2">
        {conflicts.map((field) => (
          <li key={field} className="flex flex-wrap items-center justify-between gap-2">
            <span className="min-w-0 break-words">
              {FIELD_WORDS[field]}, theirs:{' '}
              <strong className="font-medium">{valueOf(base.form, field)}</strong>
            </span>
            <Button size="small" variant="outline" onClick={() => takeTheirs(field)}>
              Take theirs
            </Button>
          </li>
        ))}
      </ul>
    </Notice>
  );
}

function valueOf(form: ProfileForm, field: ProfileField): string {
  if (field === 'hours') return hoursWords(encodeHours(form.hours)) ?? 'nothing';
  return form[field] === '' ? 'nothing' : form[field];
}
