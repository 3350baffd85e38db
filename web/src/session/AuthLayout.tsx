import type { ReactNode } from 'react';
import { Logo } from '@/components/Logo';
import { usePageTitle } from '@/lib/usePageTitle';

interface AuthLayoutProps {
  title: string;
  description?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
}

/** The frame of the pages before the product: one card, one thing to do. */
export function AuthLayout({ title, description, children, footer }: AuthLayoutProps) {
  usePageTitle(title);
  return (
    <div className="h-full overflow-y-auto">
      <main className="mx-auto flex min-h-full w-full max-w-md flex-col justify-center gap-6 px-4 py-10">
        <p className="flex items-center justify-center gap-2.5 text-lg font-semibold tracking-tight">
          <Logo />
          FieldLite
        </p>
        <div className="grid gap-5 rounded-lg border bg-card p-5 shadow-raised sm:p-8">
          <header className="grid gap-1.5">
            <h1 className="text-xl font-semibold tracking-tight">{title}</h1>
            {description && <p className="text-sm text-muted-foreground">{description}</p>}
          </header>
          {children}
        </div>
        {footer && <p className="text-center text-sm text-muted-foreground">{footer}</p>}
      </main>
    </div>
  );
}
