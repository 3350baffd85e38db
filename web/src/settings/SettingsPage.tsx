import { KeyRound, Phone, TriangleAlert } from 'lucide-react';
import { Suspense } from 'react';
import { NavLink, Outlet } from 'react-router';
import { NotAllowed } from '@/components/NotAllowed';
import { Splash } from '@/components/Splash';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { cn } from '@/lib/cn';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';

const SECTIONS = [
  { path: '/settings/twilio', label: 'Twilio', icon: KeyRound },
  { path: '/settings/numbers', label: 'Numbers', icon: Phone },
  { path: '/settings/events', label: 'Failed events', icon: TriangleAlert },
] as const;

export function SettingsPage() {
  const { areas, name } = useCompany();
  usePageTitle('Settings', useUnreadTotal());
  if (!areas.includes('settings')) return <NotAllowed place="Settings" />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 pb-16 md:px-8">
        <header className="pt-5 pb-4 md:pt-8">
          <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
          <p className="text-sm break-words text-muted-foreground">{name}</p>
        </header>
        <nav aria-label="Settings" className="-mx-4 mb-6 flex overflow-x-auto border-b px-4 md:mx-0 md:px-0">
          {SECTIONS.map((section) => (
            <SectionLink key={section.path} {...section} />
          ))}
        </nav>
        <Suspense fallback={<Splash />}>
          <Outlet />
        </Suspense>
      </div>
    </div>
  );
}

function SectionLink({ path, label, icon: Icon }: (typeof SECTIONS)[number]) {
  const classOf = ({ isActive }: { isActive: boolean }) =>
    cn(
      '-mb-px flex h-11 shrink-0 items-center gap-2 border-b-2 px-3 text-sm font-medium transition-colors',
      isActive
        ? 'border-primary text-foreground'
        : 'border-transparent text-muted-foreground hover:border-border hover:text-foreground',
    );
  return (
    <NavLink to={path} className={classOf}>
      <Icon aria-hidden className="size-4" />
      {label}
    </NavLink>
  );
}
