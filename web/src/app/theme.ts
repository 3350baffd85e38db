import { create } from 'zustand';
import { forget, keep, recall } from '@/lib/storage';

export type ThemeChoice = 'system' | 'light' | 'dark';

/** Also read by public/theme.js, before the first paint. */
const KEY = 'fieldlite.theme';
const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

function readChoice(): ThemeChoice {
  const kept = recall(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export const useTheme = create<{ choice: ThemeChoice }>(() => ({ choice: readChoice() }));

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') forget(KEY);
  else keep(KEY, choice);
  useTheme.setState({ choice });
  applyTheme();
}

function applyTheme(): void {
  const { choice } = useTheme.getState();
  const dark = choice === 'dark' || (choice === 'system' && systemIsDark.matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
  const background = getComputedStyle(document.documentElement).getPropertyValue('--background');
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', background.trim());
}

/** Applies the choice and follows the system while that is the choice. */
export function startTheme(): void {
  applyTheme();
  systemIsDark.addEventListener('change', applyTheme);
}
