import { useDelayed } from '@/lib/useDelayed';
import { Logo } from './Logo';

/** While the page finds out who is here. Nothing for the first moment, which is usually all it takes. */
export function Splash() {
  const slow = useDelayed(true);
  return (
    <main className="grid h-full place-items-center" aria-busy="true">
      {slow && (
        <p className="grid justify-items-center gap-3 text-sm text-muted-foreground" role="status">
          <Logo className="animate-pulse" />
          Opening FieldLite…
        </p>
      )}
    </main>
  );
}
