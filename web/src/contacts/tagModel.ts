import { TAG_COLORS, type TagColor } from '@/components/TagChip';
import { asFields, oneOf, text } from '@/lib/decode';

export interface Tag {
  id: string;
  name: string;
  color: TagColor;
}

export function decodeTag(value: unknown): Tag {
  const row = asFields(value);
  return { id: text(row, 'id'), name: text(row, 'name'), color: oneOf(row, 'color', TAG_COLORS) };
}
