import { answerOf } from '@/database/answers';
import { getClient } from '@/database/client';
import { asFields, asList, text } from '@/lib/decode';
import { callAsPerson } from '@/session/signedInService';
import { decodeImport, type ContactImport, type ImportOptions, type Mapping } from './importModel';
import { decodeRow, type ImportRow, type RowAction } from './importRowModel';

/** Sends a file; the same id with the same file again is the same import. Returns the import's id. */
export async function uploadImport(id: string, file: File): Promise<string> {
  const form = new FormData();
  form.set('id', id);
  form.set('file', file);
  return text(asFields(await callAsPerson({ method: 'POST', path: 'imports', form })), 'id');
}

/** The newest imports. */
export async function fetchImports(limit: number): Promise<ContactImport[]> {
  const query = getClient()
    .from('import_list')
    .select('*')
    .order('created_at', { ascending: false })
    .order('id', { ascending: false })
    .limit(limit);
  return asList(await answerOf(query), decodeImport);
}

/** One import; null when there is none of that id. */
export async function fetchImport(id: string): Promise<ContactImport | null> {
  const row = await answerOf(getClient().from('import_list').select('*').eq('id', id).maybeSingle());
  return row === null ? null : decodeImport(row);
}

/** Which rows of an import: all, those of an action, or those that an undo left. */
export type RowFilter = RowAction | 'all' | 'left';

/** Rows in the file's order, those after the row of a number. */
export async function fetchRows(
  importId: string,
  filter: RowFilter,
  limit: number,
  after = 0,
): Promise<ImportRow[]> {
  let query = getClient().from('import_row_list').select('*').eq('import_id', importId).gt('number', after);
  if (filter === 'left') query = query.not('left_behind', 'is', null);
  else if (filter !== 'all') query = query.eq('action', filter);
  return asList(await answerOf(query.order('number').limit(limit)), decodeRow);
}

export async function checkImport(id: string, mapping: Mapping, options: ImportOptions): Promise<void> {
  const { country, type, onDuplicate, tagId } = options;
  await answerOf(
    getClient().rpc('check_import', {
      p_import: id,
      p_mapping: [...mapping],
      p_options: { country, type, on_duplicate: onDuplicate, tag_id: tagId },
    }),
  );
}

export async function startImport(id: string): Promise<void> {
  await answerOf(getClient().rpc('start_import', { p_import: id }));
}

export async function cancelImport(id: string): Promise<void> {
  await answerOf(getClient().rpc('cancel_import', { p_import: id }));
}

export async function undoImport(id: string): Promise<void> {
  await answerOf(getClient().rpc('undo_import', { p_import: id }));
}
