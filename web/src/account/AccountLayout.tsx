import { MonitorSmartphone, UserCog } from 'lucide-react';
import { NavLink, Outlet } from 'react-router';
import { cn } from '@/lib/cn';
import { usePageTitle } from '@/lib/usePageTitle';
import { useSession } from '@/session/sessionStore';

const PAGES = [
  { path: '/account', label: 'Account', icon: UserCog },
  { path: '/account/devices', label: 'Devices', icon: MonitorSmartphone },
] as const;

/** The person's own pages, whatever their role. */
export function AccountLayout() {
  const user = useSession((state) => state.user);
  usePageTitle('Your account');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto w-full max-w-3xl px-4 pb-16 md:px-8">
        <header className="pt-5 pb-4 md:pt-8">
          <h1 className="text-xl font-semibold tracking-tight">Your account</h1>
          <p className="text-sm break-all text-muted-foreground">{user?.email}</p>
        </header>
        <nav aria-label="Your account" className="-mx-4 mb-6 flex border-b px-4 md:mx-0 md:px-0">
          {PAGES.map((page) => (
            <PageLink key={page.path} {...page} />
          ))}
        </nav>
        <Outlet />
      </div>
    </div>
  );
}

function PageLink({ path, label, icon: Icon }: (typeof PAGES)[number]) {
  const classOf = ({ isActive }: { isActive: boolean }) =>
    cn(
      '-mb-px flex h-11 shrink-0 items-center gap-2 border-b-2 px-3 text-sm font-medium transition-colors',
      isActive
        ? 'border-primary text-foreground'
        : 'border-transparent text-muted-foreground hover:border-border hover:text-foreground',
    );
  return (
    <NavLink to={path} end className={classOf}>
      <Icon aria-hidden className="size-4" />
      {label}
    </NavLink>
  );
}
