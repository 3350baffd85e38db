import type { ReactNode } from 'react';

/** Fields that belong together, under one name. */
export function FormSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="min-w-0 rounded-lg border bg-card p-4 pt-3 md:p-5 md:pt-3">
      <legend className="float-left mb-3 w-full text-sm font-semibold">{title}</legend>
      <div className="clear-both grid gap-4">{children}</div>
    </fieldset>
  );
}
