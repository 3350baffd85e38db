import { create } from 'zustand';
import { forget, keep, keysUnder, recall } from '@/lib/storage';
import { onSessionEnd } from '@/session/sessionStore';

/** What a person began to write, by conversation. Kept in this browser, so a reload or an expired session loses nothing. */
interface DraftState {
  drafts: Readonly<Record<string, string>>;
}

export const useDrafts = create<DraftState>(() => ({ drafts: {} }));

const { getState, setState } = useDrafts;
let prefix = '';

export function openDrafts(userId: string): void {
  prefix = `fieldlite.draft.${userId}.`;
  const drafts = keysUnder(prefix).map((key) => [key.slice(prefix.length), recall(key) ?? ''] as const);
  setState({ drafts: Object.fromEntries(drafts) });
}

export function setDraft(conversationId: string, text: string): void {
  setState(({ drafts }) => ({ drafts: { ...drafts, [conversationId]: text } }));
  if (text === '') forget(prefix + conversationId);
  else keep(prefix + conversationId, text);
}

/** Puts text back in front of what was written since. */
export function addToDraft(conversationId: string, text: string): void {
  const written = getState().drafts[conversationId] ?? '';
  setDraft(conversationId, written === '' ? text : `${text}\n${written}`);
}

/** When a person signs out on purpose, nothing of theirs stays on the computer. */
export function forgetDrafts(): void {
  for (const key of keysUnder(prefix)) forget(key);
}

onSessionEnd(() => {
  prefix = '';
  setState({ drafts: {} });
});
