import { CircleUser } from 'lucide-react';
import { Suspense, type CSSProperties } from 'react';
import { NavLink, Outlet, useMatch } from 'react-router';
import { Avatar } from '@/components/Avatar';
import { Logo } from '@/components/Logo';
import { Splash } from '@/components/Splash';
import { useUnreadTotal } from '@/inbox/conversationStore';
import { cn } from '@/lib/cn';
import { useCompany } from '@/session/companyStore';
import { AccountMenu } from './AccountMenu';
import { Announcer } from './Announcer';
import { BuildNotice } from './BuildNotice';
import { ConnectionLine } from './ConnectionLine';
import { placesOf, type Place } from './places';
import { UndoBar } from './UndoBar';
import { useLiveSession } from './useLiveSession';

/** Rail and page on wide screens, page and tabs on a phone. */
export function AppFrame() {
  const company = useCompany();
  useLiveSession(company);
  return (
    <div className="flex h-full flex-col">
      <a
        href="#page"
        className="sr-only z-50 rounded-lg bg-card px-4 py-2 shadow-raised focus:not-sr-only focus:absolute focus:m-2"
      >
        Skip to the page
      </a>
      <ConnectionLine />
      <BuildNotice />
      <div className="flex min-h-0 flex-1 flex-col-reverse md:flex-row">
        <Navigation />
        <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
          <Suspense fallback={<Splash />}>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <UndoBar />
      <Announcer />
    </div>
  );
}

function Navigation() {
  const company = useCompany();
  const places = placesOf(company);
  // On a phone an open thread has the whole screen; its back button leads to the tabs.
  const inThread = useMatch('/inbox/:conversation') !== null;
  return (
    <div
      className={cn(
        'flex shrink-0 border-t bg-card safe-bottom md:w-20 md:flex-col md:items-center md:border-t-0 md:border-r md:py-3',
        inThread && 'max-md:hidden',
      )}
    >
      <Logo className="mb-3 hidden md:block" />
      <nav
        aria-label="Main"
        // On a phone each place is as wide as the account's button beside them.
        style={{ '--places': places.length } as CSSProperties}
        className="flex flex-[var(--places)] md:w-full md:flex-none md:flex-col md:gap-1"
      >
        {places.map((place) => (
          <PlaceLink key={place.path} place={place} />
        ))}
      </nav>
      <AccountMenu side="top">
        <button
          type="button"
          className="flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium text-muted-foreground hover:text-foreground md:mt-auto md:min-h-0 md:flex-none md:rounded-full"
        >
          <CircleUser aria-hidden className="size-5 md:hidden" />
          <span className="md:sr-only">Account</span>
          <Avatar name={company.displayName} className="hidden md:grid" />
        </button>
      </AccountMenu>
    </div>
  );
}

function PlaceLink({ place }: { place: Place }) {
  const unread = useUnreadTotal();
  const count = place.counts === 'unread' ? unread : 0;
  const classOf = ({ isActive }: { isActive: boolean }) =>
    cn(
      'relative flex min-h-14 flex-1 flex-col items-center justify-center gap-0.5 text-xs font-medium transition-colors',
      'md:mx-2 md:flex-none md:rounded-lg md:py-2',
      isActive
        ? 'text-primary md:bg-accent md:text-accent-foreground'
        : 'text-muted-foreground hover:text-foreground',
    );
  return (
    <NavLink to={place.path} className={classOf}>
      <span className="relative">
        <place.icon aria-hidden className="size-5" />
        {count > 0 && (
          <span className="absolute -top-2 left-3 min-w-5 rounded-full bg-primary px-1 text-center text-[0.6875rem] leading-5 font-semibold text-primary-foreground tabular-nums">
            {count > 99 ? '99+' : count}
            <span className="sr-only"> unread</span>
          </span>
        )}
      </span>
      {place.label}
    </NavLink>
  );
}
