import { useState, type SyntheticEvent } from 'react';
import { Link } from 'react-router';
import { FailureNotice } from '@/components/FailureNotice';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { announce } from '@/lib/announcer';
import { Section } from '@/settings/Section';
import { ConflictNotice } from './ConflictNotice';
import { hoursProblems } from './hoursModel';
import { HoursEditor } from './HoursEditor';
import { PlaceFields } from './PlaceFields';
import { ProfileFields } from './ProfileFields';
import { isSound, problemsOf } from './profileModel';
import type { ProfileEditing } from './useProfileForm';

export function ProfileEditor({ editing }: { editing: ProfileEditing }) {
  const { form, base, change } = editing;
  // Nobody is told of a problem before they tried to save.
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(false);
  const problems = tried ? problemsOf(form, base.country) : {};
  const submit = async (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const sheet = event.currentTarget;
    const sound = isSound(form, base.country);
    setTried(!sound);
    setSaved(false);
    if (!sound) {
      focusProblem(sheet);
      return;
    }
    const done = await editing.submit();
    setSaved(done);
    if (done) announce('The company is saved');
  };
  return (
    <form noValidate onSubmit={(event) => void submit(event)}>
      <ConflictNotice editing={editing} />
      <Section
        title="Company"
        description={
          <>
            What customers see on invoices and pages. The numbers that they text are in{' '}
            <Link to="/settings/numbers" className="text-primary underline underline-offset-4">
              Numbers
            </Link>
            .
          </>
        }
      >
        <ProfileFields form={form} problems={problems} onChange={change} />
      </Section>
      <Section title="Place" description="How days, times and amounts are shown, to you and to customers.">
        <PlaceFields form={form} onChange={change} />
      </Section>
      <Section
        title="Business hours"
        description="When you are there for customers, in the company’s own time."
      >
        <HoursEditor
          hours={form.hours}
          problems={tried ? hoursProblems(form.hours) : {}}
          onChange={(hours) => change({ hours })}
        />
      </Section>
      <SaveBar editing={editing} saved={saved && !editing.isDirty} />
    </form>
  );
}

/** The first field that has to be put right, once its problem is shown. */
function focusProblem(sheet: HTMLFormElement): void {
  requestAnimationFrame(() => sheet.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
}

/** Stays at the lower edge: the form is long, and its button is never far. */
function SaveBar({ editing, saved }: { editing: ProfileEditing; saved: boolean }) {
  const { isDirty, save } = editing;
  return (
    <div className="sticky bottom-0 -mx-4 grid gap-3 border-t bg-background px-4 py-3 md:mx-0 md:px-0">
      {saved && <Notice tone="success">Saved.</Notice>}
      <FailureNotice failure={save.failure} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" busy={save.busy} disabled={save.busy || !isDirty}>
          Save
        </Button>
        {isDirty && (
          <Button variant="outline" disabled={save.busy} onClick={editing.undoAll}>
            Undo changes
          </Button>
        )}
        <span className="text-sm text-muted-foreground">
          {isDirty ? 'Not saved yet' : 'Everything is saved'}
        </span>
      </div>
    </div>
  );
}
