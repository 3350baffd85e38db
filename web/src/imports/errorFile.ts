import { saveFile } from '@/lib/saveFile';
import { csvOf } from './csv';
import type { ContactImport } from './importModel';
import type { ImportRow } from './importRowModel';
import { fetchRows } from './importRepository';

/** The Data API answers with at most 1,000 rows. */
const PAGE = 1_000;

/** Downloads the rows that cannot be imported as they were, with what is wrong, to be mended and imported by themselves. */
export async function saveErrorRows(item: ContactImport): Promise<void> {
  const rows = await fetchAllErrors(item.id);
  const lines = rows.map((row) => [
    ...item.headers.map((_, column) => row.cells[column] ?? ''),
    problemsOf(item, row),
  ]);
  saveFile(
    csvOf([[...item.headers, 'Problem'], ...lines]),
    `${item.name.replace(/\.\w+$/, '')} - errors.csv`,
  );
}

async function fetchAllErrors(importId: string): Promise<ImportRow[]> {
  const rows: ImportRow[] = [];
  let page: ImportRow[];
  do {
    page = await fetchRows(importId, 'error', PAGE, rows.at(-1)?.number);
    rows.push(...page);
  } while (page.length === PAGE);
  return rows;
}

function problemsOf({ headers }: ContactImport, { problems }: ImportRow): string {
  return problems
    .map(({ column, words }) => (column === null ? words : `${headers[column] ?? ''}: ${words}`))
    .join(' ');
}
