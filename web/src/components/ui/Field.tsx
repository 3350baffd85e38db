import { CircleAlert } from 'lucide-react';
import { useId, type ComponentProps, type ReactNode } from 'react';
import { cn } from '@/lib/cn';

const CONTROL =
  'target h-10 w-full min-w-0 rounded-lg border border-input bg-card px-3 text-sm text-foreground shadow-xs ' +
  'placeholder:text-muted-foreground disabled:cursor-not-allowed disabled:opacity-60 aria-invalid:border-destructive';

interface FieldProps {
  label: string;
  hint?: ReactNode;
  /** What is wrong with the value, in plain words. */
  problem?: string | null | undefined;
}

interface LabelledProps extends FieldProps {
  children: (attributes: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode;
}

/** A label, its control, and a hint or a problem that screen readers read with it. */
function Labelled({ label, hint, problem, children }: LabelledProps) {
  const id = useId();
  const noteId = `${id}-note`;
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': noteId, 'aria-invalid': Boolean(problem) })}
      <div id={noteId} className="text-sm empty:hidden">
        {problem ? (
          <p className="flex items-start gap-1.5 text-destructive">
            <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {problem}
          </p>
        ) : (
          hint && <p className="text-muted-foreground">{hint}</p>
        )}
      </div>
    </div>
  );
}

export function TextField({
  label,
  hint,
  problem,
  className,
  ...props
}: FieldProps & ComponentProps<'input'>) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(attributes) => <input className={cn(CONTROL, className)} {...attributes} {...props} />}
    </Labelled>
  );
}

export function SelectField({
  label,
  hint,
  problem,
  className,
  ...props
}: FieldProps & ComponentProps<'select'>) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(attributes) => <select className={cn(CONTROL, className)} {...attributes} {...props} />}
    </Labelled>
  );
}

export function TextAreaField({
  label,
  hint,
  problem,
  className,
  ...props
}: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Labelled label={label} hint={hint} problem={problem}>
      {(attributes) => (
        <textarea
          className={cn(CONTROL, 'field-sizing-content h-auto min-h-20 resize-none py-2', className)}
          {...attributes}
          {...props}
        />
      )}
    </Labelled>
  );
}
