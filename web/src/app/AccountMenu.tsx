import { LogOut, Monitor, MonitorSmartphone, Moon, Sun } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { FailureNotice } from '@/components/FailureNotice';
import { Button } from '@/components/ui/Button';
import { Dialog } from '@/components/ui/Dialog';
import {
  Menu,
  MenuContent,
  MenuItem,
  MenuLabel,
  MenuRadioGroup,
  MenuRadioItem,
  MenuSeparator,
  MenuTrigger,
} from '@/components/ui/Menu';
import { forgetDrafts } from '@/inbox/draftStore';
import { countUnsent, forgetOutbox, useOutbox } from '@/inbox/outboxStore';
import { useAction } from '@/lib/useAction';
import { useCompany } from '@/session/companyStore';
import { signOut } from '@/session/session';
import type { SignOutScope } from '@/session/sessionApi';
import { useSession } from '@/session/sessionStore';
import { chooseTheme, useTheme, type ThemeChoice } from './theme';

const THEMES: { value: ThemeChoice; label: string; icon: typeof Sun }[] = [
  { value: 'system', label: 'Like the system', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
];

interface AccountMenuProps {
  side: 'right' | 'top';
  /** The button that opens it. */
  children: ReactNode;
}

export function AccountMenu({ side, children }: AccountMenuProps) {
  const [leaving, setLeaving] = useState<SignOutScope | null>(null);
  const chosen = useRef<SignOutScope | null>(null);
  // The menu gives the focus back to its button first, so that the dialog can give it back there too.
  const ask = () => {
    setLeaving(chosen.current);
    chosen.current = null;
  };
  return (
    <>
      <Menu>
        <MenuTrigger asChild>{children}</MenuTrigger>
        <MenuContent side={side} align="end" className="w-64" onCloseAutoFocus={ask}>
          <Who />
          <MenuSeparator />
          <ThemeChoices />
          <MenuSeparator />
          <MenuItem onSelect={() => (chosen.current = 'local')}>
            <LogOut aria-hidden />
            Sign out
          </MenuItem>
          <MenuItem onSelect={() => (chosen.current = 'global')}>
            <MonitorSmartphone aria-hidden />
            Sign out everywhere
          </MenuItem>
        </MenuContent>
      </Menu>
      {leaving && <SignOutDialog scope={leaving} onClose={() => setLeaving(null)} />}
    </>
  );
}

function Who() {
  const company = useCompany();
  const user = useSession((state) => state.user);
  return (
    <MenuLabel>
      <span className="block truncate font-medium">{company.displayName}</span>
      <span className="block truncate text-muted-foreground">{user?.email}</span>
      <span className="mt-1.5 block truncate text-muted-foreground">{company.name}</span>
      <span className="block text-muted-foreground first-letter:uppercase">{company.role}</span>
    </MenuLabel>
  );
}

function ThemeChoices() {
  const choice = useTheme((state) => state.choice);
  return (
    <MenuRadioGroup value={choice} onValueChange={(value) => chooseTheme(value as ThemeChoice)}>
      {THEMES.map(({ value, label, icon: Icon }) => (
        <MenuRadioItem key={value} value={value}>
          <Icon aria-hidden />
          {label}
        </MenuRadioItem>
      ))}
    </MenuRadioGroup>
  );
}

const WORDS = {
  local: { title: 'Sign out of this browser?', button: 'Sign out' },
  global: { title: 'Sign out on all devices?', button: 'Sign out everywhere' },
  others: { title: 'Sign out on all other devices?', button: 'Sign out elsewhere' },
} satisfies Record<SignOutScope, { title: string; button: string }>;

function SignOutDialog({ scope, onClose }: { scope: SignOutScope; onClose: () => void }) {
  const unsent = useOutbox(countUnsent);
  const action = useAction();
  const { title, button } = WORDS[scope];
  const leave = () =>
    void action.run(async () => {
      await signOut(scope);
      forgetDrafts();
      forgetOutbox();
    });
  return (
    <Dialog
      open
      onClose={onClose}
      title={title}
      description="What you began to write here and did not send is removed."
    >
      {unsent > 0 && (
        <p className="text-sm font-medium text-destructive">
          {unsent === 1 ? 'One text has' : `${unsent} texts have`} not been sent yet and would be lost.
        </p>
      )}
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button variant="outline" onClick={onClose}>
          Stay
        </Button>
        <Button busy={action.busy} onClick={leave}>
          {button}
        </Button>
      </div>
    </Dialog>
  );
}
