/** A function that runs at once, and during the next `pace` milliseconds at most once more, at their end. */
export function throttled(work: () => void, pace: number): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let again = false;
  const rest = () => {
    timer = undefined;
    if (again) run();
  };
  const run = () => {
    again = false;
    timer = setTimeout(rest, pace);
    work();
  };
  return () => {
    if (timer === undefined) run();
    else again = true;
  };
}
