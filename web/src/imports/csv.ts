/** Without it Excel reads UTF-8 as Windows-1252. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet takes for a formula. An import takes the apostrophe away again. */
const FORMULA = /^[=+\-@\t\r]/;

/** Rows as a CSV file that spreadsheets open and that runs nothing there. */
export function csvOf(rows: readonly (readonly string[])[]): Blob {
  const lines = rows.map((row) => `${row.map(cellOf).join(',')}\r\n`);
  return new Blob([BYTE_ORDER_MARK, ...lines], { type: 'text/csv;charset=utf-8' });
}

function cellOf(value: string): string {
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
