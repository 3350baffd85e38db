import { Search, X } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react';

interface SearchBoxProps {
  inputRef: RefObject<HTMLInputElement | null>;
  /** What the list shows now. */
  words: string;
  onSearch: (words: string) => void;
  /** Down or Enter: on to what was found. */
  onLeave: () => void;
}

/** So long after the last key the database is asked. In milliseconds. */
const PAUSE = 200;

/** Finds by any fragment. It keeps the focus and what is typed, whatever the list does meanwhile. */
export function SearchBox({ inputRef, words, onSearch, onLeave }: SearchBoxProps) {
  const [typed, setTyped] = useState(words);
  const [sent, setSent] = useState(words);
  if (words !== sent) {
    // The address changed from elsewhere: a saved filter, or the way back.
    setSent(words);
    setTyped(words);
  }
  useEffect(() => {
    if (typed === sent) return;
    const timer = setTimeout(() => {
      setSent(typed);
      onSearch(typed);
    }, PAUSE);
    return () => clearTimeout(timer);
  }, [typed, sent, onSearch]);
  const clear = () => {
    setTyped('');
    inputRef.current?.focus();
  };
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && typed !== '') clear();
    else if (event.key === 'Escape') inputRef.current?.blur();
    else if (event.key === 'ArrowDown' || event.key === 'Enter') onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <div role="search" className="relative min-w-0 flex-1">
      <Search
        aria-hidden
        className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted-foreground"
      />
      <input
        ref={inputRef}
        type="search"
        aria-label="Search contacts"
        placeholder="Name, number, e-mail, address…"
        autoComplete="off"
        enterKeyHint="search"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={handleKey}
        className="h-10 target w-full rounded-lg border border-input bg-card pr-10 pl-9 text-sm shadow-xs placeholder:text-muted-foreground [&::-webkit-search-cancel-button]:hidden"
      />
      {typed !== '' && (
        <button
          type="button"
          aria-label="Clear the search"
          onClick={clear}
          className="absolute top-1/2 right-0 grid size-10 target -translate-y-1/2 place-items-center rounded-lg text-muted-foreground hover:text-foreground"
        >
          <X aria-hidden className="size-4" />
        </button>
      )}
    </div>
  );
}
