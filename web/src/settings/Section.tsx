import type { ReactNode } from 'react';

interface SectionProps {
  title: string;
  description?: ReactNode;
  /** The section's main button. */
  action?: ReactNode;
  children: ReactNode;
}

/** One card of a settings page. */
export function Section({ title, description, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="mb-6 rounded-lg border bg-card">
      <header className="flex flex-wrap items-start justify-between gap-3 px-5 pt-5">
        <div className="min-w-0 flex-1 basis-60">
          <h2 className="text-base font-semibold">{title}</h2>
          {description && <p className="mt-1 text-sm text-muted-foreground">{description}</p>}
        </div>
        {action}
      </header>
      <div className="grid gap-4 p-5">{children}</div>
    </section>
  );
}
