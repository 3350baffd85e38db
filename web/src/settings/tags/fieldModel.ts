import type { FieldKind } from '@/contacts/customFieldModel';

export const KIND_WORDS: Record<FieldKind, string> = {
  text: 'Text',
  number: 'Number',
  date: 'Date',
  boolean: 'Yes or no',
  choice: 'Choice',
};

/** The choices of a text with one in each line, without blank lines and repetitions. */
export function readOptions(typed: string): string[] {
  const lines = typed.split('\n').map((line) => line.trim());
  return [...new Set(lines.filter((line) => line !== ''))];
}

/** The list with one item moved up (-1) or down (1); the same at its ends. */
export function moved<T>(items: readonly T[], index: number, by: -1 | 1): readonly T[] {
  const [item, other] = [items[index], items[index + by]];
  if (item === undefined || other === undefined) return items;
  return items.map((each, at) => {
    if (at === index) return other;
    return at === index + by ? item : each;
  });
}
