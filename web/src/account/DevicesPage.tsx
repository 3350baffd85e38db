import { Monitor, Smartphone } from 'lucide-react';
import { useState } from 'react';
import { ErrorState } from '@/components/ErrorState';
import { FailureNotice } from '@/components/FailureNotice';
import { Skeleton } from '@/components/Skeleton';
import { Button } from '@/components/ui/Button';
import { WhenLabel } from '@/components/WhenLabel';
import { useLiveQuery } from '@/database/useLiveQuery';
import { announce } from '@/lib/announcer';
import { useAction } from '@/lib/useAction';
import { useDelayed } from '@/lib/useDelayed';
import type { SignOutScope } from '@/session/sessionApi';
import { Section } from '@/settings/Section';
import { deviceName, isHandheld, type Device } from './deviceModel';
import { endDevice, endOtherDevices } from './deviceRepository';
import { loadDevices, useDevices } from './deviceStore';
import { SignOutDialog } from './SignOutDialog';

export function DevicesPage() {
  const { status, devices, failure } = useDevices();
  // Nothing announces log-ins of other devices, except that ending one is a change of access.
  useLiveQuery(loadDevices, 'memberships');
  const slow = useDelayed(status === 'loading');
  if (status === 'failed' && failure)
    return <ErrorState failure={failure} onRetry={() => void loadDevices()} />;
  if (status === 'loading') return slow ? <Skeleton className="h-40" /> : null;
  return <DeviceSection devices={devices} />;
}

function DeviceSection({ devices }: { devices: readonly Device[] }) {
  const [leaving, setLeaving] = useState<SignOutScope | null>(null);
  const action = useAction();
  const end = (work: () => Promise<void>, words: string) =>
    void action.run(async () => {
      await work();
      await loadDevices();
      announce(words);
    });
  return (
    <Section
      title="Where you are signed in"
      description="Signing a device out ends its access at once. Sign out what you do not know, and change your password."
    >
      <ul role="list" className="-my-2 divide-y">
        {devices.map((device) => (
          <DeviceRow
            key={device.id}
            device={device}
            busy={action.busy}
            onEnd={() =>
              device.isCurrent
                ? setLeaving('local')
                : end(() => endDevice(device.id), `${deviceName(device.userAgent)} is signed out`)
            }
          />
        ))}
      </ul>
      <FailureNotice failure={action.failure} />
      <div className="flex flex-wrap gap-2">
        {devices.length > 1 && (
          <Button busy={action.busy} onClick={() => end(endOtherDevices, 'All other devices are signed out')}>
            Sign out all others
          </Button>
        )}
        <Button variant="outline" onClick={() => setLeaving('global')}>
          Sign out everywhere
        </Button>
      </div>
      {leaving && <SignOutDialog scope={leaving} onClose={() => setLeaving(null)} />}
    </Section>
  );
}

interface DeviceRowProps {
  device: Device;
  busy: boolean;
  onEnd: () => void;
}

function DeviceRow({ device, busy, onEnd }: DeviceRowProps) {
  const Icon = isHandheld(device.userAgent) ? Smartphone : Monitor;
  const name = deviceName(device.userAgent);
  return (
    <li className="flex items-center gap-3 py-3">
      <Icon aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1 text-sm">
        <p className="font-medium break-words">{name}</p>
        <p className="break-words text-muted-foreground">
          {device.isCurrent ? 'This device' : <LastSeen at={device.lastSeenAt} />}
          {device.ip && ` · from ${device.ip}`}
          {device.hasSecondFactor && ' · with a second factor'}
        </p>
      </div>
      <Button
        variant="outline"
        disabled={busy}
        aria-label={device.isCurrent ? 'Sign out this device' : `Sign out ${name}`}
        onClick={onEnd}
      >
        Sign out
      </Button>
    </li>
  );
}

function LastSeen({ at }: { at: string }) {
  return (
    <>
      Last used: <WhenLabel at={at} />
    </>
  );
}
