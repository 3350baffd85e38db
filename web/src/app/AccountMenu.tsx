import { LogOut, Monitor, MonitorSmartphone, Moon, Sun, UserCog } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { SignOutDialog } from '@/account/SignOutDialog';
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
import { useCompany } from '@/session/companyStore';
import type { SignOutScope } from '@/session/sessionApi';
import { useSession } from '@/session/sessionStore';
import { CompanySwitch } from './CompanySwitch';
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
  const navigate = useNavigate();
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
          <CompanySwitch />
          <MenuSeparator />
          <MenuItem onSelect={() => void navigate('/account')}>
            <UserCog aria-hidden />
            Your account
          </MenuItem>
          <MenuItem onSelect={() => void navigate('/account/devices')}>
            <MonitorSmartphone aria-hidden />
            Your devices
          </MenuItem>
          <MenuSeparator />
          <ThemeChoices />
          <MenuSeparator />
          <MenuItem onSelect={() => (chosen.current = 'local')}>
            <LogOut aria-hidden />
            Sign out
          </MenuItem>
          <MenuItem onSelect={() => (chosen.current = 'global')}>
            <LogOut aria-hidden />
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
