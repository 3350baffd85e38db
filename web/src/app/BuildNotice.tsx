import { useEffect, useState } from 'react';
import { create } from 'zustand';
import { Button } from '@/components/ui/Button';
import { useRefresher } from '@/database/freshness';
import { getConfig } from '@/lib/config';
import { asFields, text } from '@/lib/decode';
import { callService } from '@/lib/serviceApi';

const useBuild = create<{ outdated: boolean }>(() => ({ outdated: false }));

async function checkBuild(): Promise<void> {
  const running = text(asFields(await callService({ method: 'GET', path: 'health' })), 'build');
  useBuild.setState({ outdated: running !== getConfig().build });
}

/** A page of an older build says so, and loads the new one when nobody looks. Drafts and unsent texts are kept. */
export function BuildNotice() {
  useRefresher(checkBuild);
  const outdated = useBuild((state) => state.outdated);
  const [later, setLater] = useState(false);
  useEffect(() => {
    if (!outdated) return;
    const reloadUnseen = () => {
      if (document.visibilityState === 'hidden') window.location.reload();
    };
    document.addEventListener('visibilitychange', reloadUnseen);
    return () => document.removeEventListener('visibilitychange', reloadUnseen);
  }, [outdated]);
  if (!outdated || later) return null;
  return (
    <p
      role="status"
      className="flex flex-wrap items-center justify-center gap-x-3 bg-accent px-4 py-1 text-sm"
    >
      FieldLite was updated.
      <Button size="small" variant="link" onClick={() => window.location.reload()}>
        Reload now
      </Button>
      <Button size="small" variant="link" onClick={() => setLater(true)}>
        Later
      </Button>
    </p>
  );
}
