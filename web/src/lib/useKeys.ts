import { useEffect } from 'react';

export type KeyHandlers = Readonly<Record<string, () => void>>;

/** Single keys of a screen. Not while somebody types, holds a modifier, or has a dialog or menu open. */
export function useKeys(handlers: KeyHandlers): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const handler = handlers[event.key];
      if (!handler || event.defaultPrevented || isModified(event) || isBusy(event.target)) return;
      event.preventDefault();
      handler();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [handlers]);
}

function isModified(event: KeyboardEvent): boolean {
  return event.ctrlKey || event.metaKey || event.altKey;
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('dialog[open], [role="menu"]')) return true;
  return target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable="true"]');
}
