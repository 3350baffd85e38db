import { afterEach } from 'vitest';

// Pure modules are tested without a document; files that need one say so in their first line.
if (typeof document !== 'undefined') {
  const { cleanup } = await import('@testing-library/react');
  afterEach(() => {
    cleanup();
    localStorage.clear();
    sessionStorage.clear();
  });
}
