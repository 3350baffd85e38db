import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/Button';
import { providerName, providerUrl } from './providerModel';
import { fetchProviders } from './sessionApi';

/** The other ways in. Nothing while they are unknown or there are none: the password works without them. */
export function ProviderButtons({ next }: { next: string }) {
  const providers = useProviders();
  if (providers.length === 0) return null;
  return (
    <>
      <Divider />
      <ul role="list" className="grid gap-2">
        {providers.map((provider) => (
          <li key={provider} className="grid">
            <Button asChild variant="outline" size="large">
              <a href={providerUrl(provider, next)}>Continue with {providerName(provider)}</a>
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}

function useProviders(): readonly string[] {
  const [providers, setProviders] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    fetchProviders().then(
      (known) => {
        if (!gone) setProviders(known);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  return providers;
}

function Divider() {
  return (
    <div aria-hidden className="flex items-center gap-3 text-sm text-muted-foreground">
      <span className="h-px flex-1 bg-border" />
      or
      <span className="h-px flex-1 bg-border" />
    </div>
  );
}
