import { cn } from '@/lib/cn';

export type Tab = 'details' | 'activity';

const WORDS: Record<Tab, string> = { details: 'Details', activity: 'Notes and activity' };

interface TabChoiceProps {
  tab: Tab;
  onChoose: (tab: Tab) => void;
}

/** On narrow screens: which half of the page is shown. */
export function TabChoice({ tab, onChoose }: TabChoiceProps) {
  return (
    <div role="group" aria-label="What is shown" className="flex rounded-lg bg-muted p-1 lg:hidden">
      {(Object.keys(WORDS) as Tab[]).map((choice) => (
        <button
          key={choice}
          type="button"
          aria-pressed={choice === tab}
          onClick={() => onChoose(choice)}
          className={cn(
            'h-9 target flex-1 rounded-md text-sm font-medium',
            choice === tab ? 'bg-card shadow-xs' : 'text-muted-foreground',
          )}
        >
          {WORDS[choice]}
        </button>
      ))}
    </div>
  );
}
