import { useAnnouncement } from '@/lib/announcer';

export function Announcer() {
  const text = useAnnouncement((state) => state.text);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      {text}
    </div>
  );
}
