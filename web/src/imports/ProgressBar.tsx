interface ProgressBarProps {
  label: string;
  /** From 0 to 1. */
  share: number;
  /** What the bar means, in numbers. */
  words: string;
}

export function ProgressBar({ label, share, words }: ProgressBarProps) {
  const percent = Math.round(share * 100);
  return (
    <div className="grid gap-2">
      <div
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-valuetext={words}
        className="h-3 overflow-hidden rounded-full bg-muted"
      >
        <div
          className="h-full rounded-full bg-primary transition-[width] duration-300"
          style={{ width: `${percent}%` }}
        />
      </div>
      <p className="text-sm text-muted-foreground tabular-nums">{words}</p>
    </div>
  );
}
