import type { TagColor } from '@/components/TagChip';
import { decodeTag, type Tag } from '@/contacts/tagModel';
import { answerOf, failureOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text } from '@/lib/decode';
import { unlessTaken } from './takenName';

const TAKEN = 'There is a tag of that name already.';
/** As many rows as one answer or one request has. */
const PAGE = 1_000;

export async function fetchTags(): Promise<Tag[]> {
  const query = getClient().from('tags').select('id, name, color').order('name');
  return asList(await answerOf(query), decodeTag);
}

/** The same id again is success. */
export async function addTag(id: string, name: string, color: TagColor): Promise<void> {
  const row = { id, name, color };
  const asked = getClient().from('tags').upsert(row, { onConflict: 'id', ignoreDuplicates: true });
  await unlessTaken(answerOf(asked), TAKEN);
}

export async function changeTag(id: string, name: string, color: TagColor): Promise<void> {
  const asked = getClient().from('tags').update({ name, color }).eq('id', id);
  await unlessTaken(answerOf(asked), TAKEN);
}

/** How many contacts have it. */
export async function countUses(tagId: string): Promise<number> {
  const { count, error, status } = await getClient()
    .from('contact_tags')
    .select('id', { count: 'exact' })
    .eq('tag_id', tagId)
    .limit(1);
  if (error) throw failureOf(error, status);
  return count ?? 0;
}

/** A contact that has a tag. */
export interface TagUse {
  id: string;
  contactId: string;
}

/** Takes the tag off all contacts, and away; its former uses are what an undo needs. */
export async function deleteTag({ id }: Tag): Promise<TagUse[]> {
  const uses = await fetchUses(id);
  await answerOf(getClient().from('tags').delete().eq('id', id));
  return uses;
}

async function fetchUses(tagId: string): Promise<TagUse[]> {
  const uses: TagUse[] = [];
  for (;;) {
    let query = getClient().from('contact_tags').select('id, contact_id').eq('tag_id', tagId);
    const last = uses.at(-1);
    if (last) query = query.gt('id', last.id);
    const page = asList(await answerOf(query.order('id').limit(PAGE)), decodeUse);
    uses.push(...page);
    if (page.length < PAGE) return uses;
  }
}

function decodeUse(value: unknown): TagUse {
  const row = asFields(value);
  return { id: text(row, 'id'), contactId: text(row, 'contact_id') };
}

/** Makes a deleted tag again, on the contacts that had it. */
export async function restoreTag({ id, name, color }: Tag, uses: readonly TagUse[]): Promise<void> {
  await addTag(id, name, color);
  for (let start = 0; start < uses.length; start += PAGE) {
    const rows = uses
      .slice(start, start + PAGE)
      .map((use) => ({ id: use.id, contact_id: use.contactId, tag_id: id }));
    await answerOf(
      getClient().from('contact_tags').upsert(rows, { onConflict: 'id', ignoreDuplicates: true }),
    );
  }
}
