import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type MouseEvent, type ReactNode } from 'react';
import { cn } from '@/lib/cn';
import { Button } from './Button';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description?: ReactNode;
  /** `sheet` comes from the right and takes the whole height. */
  shape?: 'box' | 'sheet';
  children: ReactNode;
}

const SHAPES = {
  box: 'm-auto max-h-[85dvh] w-[min(28rem,calc(100vw-2rem))] rounded-lg border',
  sheet: 'my-0 mr-0 ml-auto h-dvh max-h-dvh w-[min(24rem,100vw)] border-l',
} as const;

/**
 * The browser's own modal dialog: it traps focus, returns it, and closes with Escape. (Radix locks scrolling with a
 * style element that our content security policy forbids.)
 */
export function Dialog({ open, onClose, title, description, shape = 'box', children }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  // In a layout effect: a dialog that leaves the page is closed while it is still there, or the focus would not go back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog) return;
    dialog.showModal();
    return () => dialog.close();
  }, [open]);
  const closeOutside = (event: MouseEvent) => {
    if (event.target === ref.current) onClose();
  };
  return (
    // The keyboard closes it with Escape, which arrives as onClose.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={ref}
      onClose={onClose}
      onClick={closeOutside}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      className={cn(
        'overflow-y-auto bg-card p-0 text-foreground shadow-raised backdrop:bg-overlay',
        SHAPES[shape],
      )}
    >
      {open && (
        <div className="grid gap-4 p-5">
          <header className="flex items-start justify-between gap-4">
            <h2 id={`${id}-title`} className="pt-1.5 text-lg leading-snug font-semibold break-words">
              {title}
            </h2>
            <Button variant="quiet" size="icon" aria-label="Close" className="-mt-1 -mr-2" onClick={onClose}>
              <X aria-hidden />
            </Button>
          </header>
          {description && (
            <p id={`${id}-description`} className="-mt-2 text-sm text-muted-foreground">
              {description}
            </p>
          )}
          {children}
        </div>
      )}
    </dialog>
  );
}
