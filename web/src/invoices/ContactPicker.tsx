import { CircleAlert, Search, UserRound } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/Button';
import { cn } from '@/lib/cn';
import { formatNumber } from '@/lib/phone';
import { useCompany } from '@/session/companyStore';
import type { ContactChoice } from './contactSearch';
import { useContactSearch } from './useContactSearch';

interface ContactPickerProps {
  label?: string;
  /** A contact that is not offered. */
  exceptId?: string;
  chosen: ContactChoice | null;
  onChoose: (contact: ContactChoice | null) => void;
  problem: string | undefined;
}

/** Chooses a contact, such as whom an invoice is for. Typing finds contacts by name or number; arrows, Enter and Escape do what they do in menus. */
export function ContactPicker({
  label = 'Customer',
  exceptId,
  chosen,
  onChoose,
  problem,
}: ContactPickerProps) {
  const id = useId();
  const inputRef = useRef<HTMLInputElement>(null);
  const [reopened, setReopened] = useState(false);
  useEffect(() => {
    if (reopened && !chosen) inputRef.current?.focus();
  }, [reopened, chosen]);
  const change = () => {
    setReopened(true);
    onChoose(null);
  };
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {chosen ? (
        <div className="flex items-center gap-3 rounded-lg border bg-card px-3 py-2">
          <UserRound aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <ContactWords contact={chosen} className="min-w-0 flex-1" />
          <Button id={id} variant="outline" size="small" aria-label="Change customer" onClick={change}>
            Change
          </Button>
        </div>
      ) : (
        <Combobox id={id} inputRef={inputRef} exceptId={exceptId} onChoose={onChoose} problem={problem} />
      )}
      <div id={`${id}-note`} className="text-sm empty:hidden">
        {problem && !chosen && (
          <p className="flex items-start gap-1.5 text-destructive">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        )}
      </div>
    </div>
  );
}

interface ComboboxProps extends Pick<ContactPickerProps, 'onChoose' | 'problem'> {
  id: string;
  inputRef: React.RefObject<HTMLInputElement | null>;
  exceptId: string | undefined;
}

function Combobox({ id, inputRef, exceptId, onChoose, problem }: ComboboxProps) {
  const [typed, setTyped] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const { choices: found, failure, typed: answered } = useContactSearch(typed, open);
  const choices = found.filter((choice) => choice.id !== exceptId);
  const handleKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const choice = choices[active];
    if (step !== undefined) {
      setOpen(true);
      setActive(Math.min(choices.length - 1, Math.max(0, active + step)));
    } else if (event.key === 'Enter' && open && choice) onChoose(choice);
    else if (event.key === 'Escape' && open) setOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <div className="relative">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <input
        ref={inputRef}
        id={id}
        role="combobox"
        type="text"
        autoComplete="off"
        placeholder="Name or number"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={open && choices[active] ? `${id}-${active}` : undefined}
        aria-describedby={`${id}-note`}
        aria-invalid={problem !== undefined}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onClick={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={handleKey}
        className="h-10 target w-full rounded-lg border border-input bg-card pr-3 pl-9 text-sm shadow-xs placeholder:text-muted-foreground aria-invalid:border-destructive"
      />
      <div
        className={cn(
          'absolute inset-x-0 top-full z-20 mt-1 rounded-lg border bg-card p-1 shadow-raised',
          (!open || answered === null) && 'hidden',
        )}
      >
        <div role="listbox" id={`${id}-list`} aria-label="Contacts" className="max-h-72 overflow-y-auto">
          {choices.map((choice, index) => (
            // The keyboard chooses in the box above, which keeps the focus.
            // eslint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={choice.id}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === active}
              tabIndex={-1}
              // Before the box loses the focus and the list closes.
              onMouseDown={(event) => event.preventDefault()}
              onMouseMove={() => setActive(index)}
              onClick={() => onChoose(choice)}
              className={cn(
                'flex target min-h-10 cursor-pointer items-center rounded-md px-2.5 py-1.5',
                index === active && 'bg-muted',
              )}
            >
              <ContactWords contact={choice} />
            </div>
          ))}
        </div>
        {choices.length === 0 && (
          <p role="status" className="px-2.5 py-2 text-sm text-muted-foreground">
            {failure
              ? failure.message
              : typed.trim() === ''
                ? 'You have no contacts yet. Whoever texts your company becomes one.'
                : `Nobody found for “${typed.trim()}”.`}
          </p>
        )}
      </div>
    </div>
  );
}

function ContactWords({ contact, className }: { contact: ContactChoice; className?: string }) {
  const { country } = useCompany();
  const number = contact.number === null ? null : formatNumber(contact.number, country);
  return (
    <span className={cn('grid text-sm', className)}>
      <span className="truncate font-medium">{contact.name ?? number ?? 'Unnamed contact'}</span>
      {contact.name && number && (
        <span className="truncate text-xs text-muted-foreground tabular-nums">{number}</span>
      )}
    </span>
  );
}
