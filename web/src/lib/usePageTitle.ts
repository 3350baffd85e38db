import { useEffect } from 'react';

/** The window's title: what waits, the page, the product. */
export function usePageTitle(page: string, unread = 0): void {
  useEffect(() => {
    document.title = titleOf(page, unread);
  }, [page, unread]);
}

export function titleOf(page: string, unread: number): string {
  return `${unread > 0 ? `(${unread}) ` : ''}${page} · FieldLite`;
}
