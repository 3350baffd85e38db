import type { Change } from './changeModel';

type ChangeListener = (change: Change) => void;

const listeners = new Map<string, Set<ChangeListener>>();

/** Calls for each live change of a table or view; returns the function that stops it. */
export function onChange(table: string, listener: ChangeListener): () => void {
  const ofTable = listeners.get(table) ?? new Set();
  listeners.set(table, ofTable.add(listener));
  return () => ofTable.delete(listener);
}

export function publishChange(change: Change): void {
  for (const listener of listeners.get(change.table) ?? []) listener(change);
}
