import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/Button';
import { TextField } from '@/components/ui/Field';
import { newId } from '@/lib/uuid';
import { emptyEmail, type EmailForm } from './formModel';
import { LineActions } from './LineActions';

interface EmailLinesProps {
  emails: readonly EmailForm[];
  /** By the line's id. */
  problems: Readonly<Record<string, string>>;
  onChange: (emails: readonly EmailForm[]) => void;
}

export function EmailLines({ emails, problems, onChange }: EmailLinesProps) {
  const patch = (id: string, typed: string) =>
    onChange(emails.map((email) => (email.id === id ? { ...email, typed } : email)));
  return (
    <>
      {emails.map((email, index) => (
        <div
          key={email.id}
          role="group"
          aria-label={`E-mail address ${index + 1}`}
          className="grid grid-cols-[1fr_auto] items-start gap-2"
        >
          <TextField
            label={index === 0 ? 'Main address' : 'Address'}
            type="email"
            value={email.typed}
            maxLength={254}
            autoComplete="off"
            problem={problems[email.id]}
            onChange={(event) => patch(email.id, event.target.value)}
          />
          <LineActions
            lines={emails}
            line={email}
            onChange={onChange}
            makeEmpty={() => emptyEmail(newId())}
          />
        </div>
      ))}
      <Button
        variant="outline"
        className="justify-self-start"
        onClick={() => onChange([...emails, emptyEmail(newId())])}
      >
        <Plus aria-hidden />
        Add an address
      </Button>
    </>
  );
}
