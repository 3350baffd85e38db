import { CloudOff, LoaderCircle, RefreshCw, type LucideIcon } from 'lucide-react';
import { useConnection, type ConnectionState } from '@/database/connectionStore';
import { cn } from '@/lib/cn';
import { useDelayed } from '@/lib/useDelayed';

interface Line {
  icon: LucideIcon;
  words: string;
  turning: boolean;
}

function lineOf({ online, feed, catchingUp }: ConnectionState): Line | null {
  if (!online) {
    return {
      icon: CloudOff,
      words: 'Offline. Texts wait until you are back.',
      turning: false,
    };
  }
  if (feed === 'lost')
    return { icon: RefreshCw, words: 'Reconnecting. New texts appear in a moment.', turning: true };
  return catchingUp ? { icon: LoaderCircle, words: 'Catching up…', turning: true } : null;
}

/** Says when the page may be behind. A line, never a curtain: everything stays usable. */
export function ConnectionLine() {
  const state = useConnection();
  const line = lineOf(state);
  // A short break heals by itself before anybody needs to know.
  const lasting = useDelayed(line !== null, 1_000);
  const shown = state.online ? lasting : true;
  return (
    <div role="status" className="shrink-0">
      {line && shown && (
        <p className="flex items-center justify-center gap-2 bg-warning-soft px-4 py-1.5 text-center text-sm">
          <line.icon
            aria-hidden
            className={cn('size-4 shrink-0 text-warning', line.turning && 'animate-spin')}
          />
          {line.words}
        </p>
      )}
    </div>
  );
}
