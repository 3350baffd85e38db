import { useEffect, useMemo, useState } from 'react';
import { Link } from 'react-router';
import { Notice } from '@/components/Notice';
import { Button } from '@/components/ui/Button';
import { useCompany } from '@/session/companyStore';
import { may } from '@/session/permissions';
import { nameOf } from './contactModel';
import { findDuplicates, matchWords, type Duplicate } from './duplicateRepository';
import { addressesOf, numbersOf, type ContactForm } from './formModel';

/** So long after the last key the database is asked. In milliseconds. */
const PAUSE = 400;
/** Shorter names are like too many. */
const LEAST_NAME = 3;
const MOST = 3;

interface DuplicateWarningProps {
  form: ContactForm;
  contactId: string;
  /** Saves the form and goes on to merging it with the other. */
  onMerge: (otherId: string) => void;
}

/** Says while it is typed that this person may be known already. A hint: saving is always possible. */
export function DuplicateWarning({ form, contactId, onMerge }: DuplicateWarningProps) {
  const { country, role } = useCompany();
  const duplicates = useDuplicates(form, contactId);
  return (
    <div className="empty:hidden">
      {duplicates.length > 0 && (
        <Notice tone="warning">
          <p className="font-medium">You may know them already:</p>
          <ul role="list" className="mt-1 grid gap-1">
            {duplicates.map((duplicate) => {
              const name = nameOf(duplicate, country);
              return (
                <li key={duplicate.id} className="flex flex-wrap items-center gap-x-3">
                  <span className="min-w-0 break-words">
                    <span className="font-medium">{name}</span> has {matchWords(duplicate.matchedOn)}.
                  </span>
                  <Button asChild variant="link" size="small">
                    <Link to={`/contacts/${duplicate.id}`} aria-label={`Open ${name}`}>
                      Open
                    </Link>
                  </Button>
                  {may(role, 'contacts.merge') && (
                    <Button
                      variant="link"
                      size="small"
                      aria-label={`Save and merge with ${name}`}
                      onClick={() => onMerge(duplicate.id)}
                    >
                      Merge
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </Notice>
      )}
    </div>
  );
}

function useDuplicates(form: ContactForm, contactId: string): readonly Duplicate[] {
  const { country } = useCompany();
  const [found, setFound] = useState<readonly Duplicate[]>([]);
  const asked = useMemo(() => JSON.stringify(questionOf(form, country)), [form, country]);
  useEffect(() => {
    const { name, phones, emails } = JSON.parse(asked) as Question;
    let current = true;
    const ask = async () => {
      if (name === '' && phones.length + emails.length === 0) return [];
      return findDuplicates(name, phones, emails, contactId);
    };
    const timer = setTimeout(() => {
      ask().then(
        (duplicates) => current && setFound(duplicates.slice(0, MOST)),
        (error: unknown) => console.warn('could not look for duplicates', error),
      );
    }, PAUSE);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [asked, contactId]);
  return found;
}

interface Question {
  name: string;
  phones: string[];
  emails: string[];
}

function questionOf(form: ContactForm, country: string): Question {
  const name = form.name.trim();
  return {
    name: name.length < LEAST_NAME ? '' : name,
    phones: numbersOf(form, country),
    emails: addressesOf(form),
  };
}
