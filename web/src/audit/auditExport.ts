import { csvOf } from '@/lib/csv';
import { saveFile } from '@/lib/saveFile';
import type { AuditFilter } from './auditFilter';
import { changesOf, type AuditEntry } from './auditModel';
import { fetchAudit } from './auditRepository';
import { columnWords, nounOf } from './auditTables';
import { valueWords, type Surroundings } from './auditValues';
import { actorWords, sentenceOf } from './auditWords';

const PAGE = 200;
/** More lines than this are a matter for `scripts/export-tenant`, not for a page. */
export const MOST_LINES = 20_000;

const HEADINGS = ['When', 'Who', 'What happened', 'Action', 'Kind', 'Id', 'Changes', 'Request'];

/** Downloads what a filter lists, all of it, not only what is loaded; false when it was too much and the rest is left out. */
export async function exportAudit(
  filter: AuditFilter,
  around: Omit<Surroundings, 'names'>,
): Promise<boolean> {
  const rows: string[][] = [HEADINGS];
  let below: number | undefined;
  for (;;) {
    const page = await fetchAudit({ filter, timeZone: around.timeZone, limit: PAGE, below });
    rows.push(...page.entries.map((entry) => rowOf(entry, { ...around, names: page.names })));
    below = page.entries.at(-1)?.line;
    if (page.complete || rows.length > MOST_LINES) {
      saveFile(new Blob([csvOf(rows)], { type: 'text/csv' }), 'audit-log.csv');
      return page.complete;
    }
  }
}

function rowOf(entry: AuditEntry, around: Surroundings): string[] {
  const words = (column: string, value: unknown) => valueWords(column, value, around);
  const changes = changesOf(entry).map(
    ({ column, before, after }) =>
      `${columnWords(column)}: ${words(column, before)} -> ${words(column, after)}`,
  );
  return [
    entry.at,
    actorWords(entry),
    sentenceOf(entry, around),
    entry.action,
    nounOf(entry.table),
    entry.rowId,
    changes.join('\n'),
    entry.requestId ?? '',
  ];
}
