import {
  Building2,
  CreditCard,
  History,
  KeyRound,
  Phone,
  ReceiptText,
  Tags,
  TriangleAlert,
  Users,
} from 'lucide-react';
import { Suspense, useEffect, useRef } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { NotAllowed } from '@/components/NotAllowed';
import { Splash } from '@/components/Splash';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { cn } from '@/lib/cn';
import { usePageTitle } from '@/lib/usePageTitle';
import { useCompany } from '@/session/companyStore';

const SECTIONS = [
  { path: '/settings/company', label: 'Company', icon: Building2 },
  { path: '/settings/team', label: 'Team', icon: Users },
  { path: '/settings/twilio', label: 'Twilio', icon: KeyRound },
  { path: '/settings/numbers', label: 'Numbers', icon: Phone },
  { path: '/settings/tags', label: 'Tags and fields', icon: Tags },
  { path: '/settings/payments', label: 'Payments', icon: CreditCard },
  { path: '/settings/billing', label: 'Billing', icon: ReceiptText },
  { path: '/settings/audit', label: 'Audit log', icon: History },
  { path: '/settings/events', label: 'Failed events', icon: TriangleAlert },
] as const;

export function SettingsPage() {
  const { areas, name } = useCompany();
  const navRef = useShownSection();
  usePageTitle('Settings', useUnreadTotal());
  if (!areas.includes('settings')) return <NotAllowed place="Settings" />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 pb-16 md:px-8 lg:grid lg:max-w-5xl lg:grid-cols-[12rem_minmax(0,1fr)] lg:gap-x-8">
        <header className="pt-5 pb-4 md:pt-8 lg:col-span-2">
          <h1 className="text-xl font-semibold tracking-tight">Settings</h1>
          <p className="text-sm break-words text-muted-foreground">{name}</p>
        </header>
        <nav
          ref={navRef}
          aria-label="Settings"
          className="-mx-4 mb-6 flex overflow-x-auto border-b px-4 md:mx-0 md:flex-wrap md:px-0 lg:sticky lg:top-4 lg:flex-col lg:flex-nowrap lg:self-start lg:border-b-0"
        >
          {SECTIONS.map((section) => (
            <SectionLink key={section.path} {...section} />
          ))}
        </nav>
        <div className="min-w-0">
          <Suspense fallback={<Splash />}>
            <Outlet />
          </Suspense>
        </div>
      </div>
    </div>
  );
}

/** On a phone the links go on beyond the edge: the one of this page is brought into view. */
function useShownSection() {
  const ref = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    const link = ref.current?.querySelector('[aria-current="page"]');
    link?.scrollIntoView({ inline: 'center', block: 'nearest' });
  }, [pathname]);
  return ref;
}

function SectionLink({ path, label, icon: Icon }: (typeof SECTIONS)[number]) {
  const classOf = ({ isActive }: { isActive: boolean }) =>
    cn(
      '-mb-px flex h-11 shrink-0 items-center gap-2 border-b-2 px-3 text-sm font-medium transition-colors',
      'lg:mb-0 lg:h-9 lg:rounded-lg lg:border-b-0',
      isActive
        ? 'border-primary text-foreground lg:bg-accent lg:text-accent-foreground'
        : 'border-transparent text-muted-foreground hover:border-border hover:text-foreground lg:hover:bg-muted',
    );
  return (
    <NavLink to={path} className={classOf}>
      <Icon aria-hidden className="size-4" />
      {label}
    </NavLink>
  );
}
