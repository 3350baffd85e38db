/**
 * The part of a list that is on screen: newest first, without gaps, kept true by three sources. Live events are hints
 * that may be late, doubled or lost; answers of the database may be older than an event that overtook them.
 */
export interface LiveRow {
  id: string;
  /** The row's own counter: of two states of a row the one with the higher version is the newer. */
  version: number;
}

export interface LiveWindow<Row extends LiveRow> {
  readonly rows: readonly Row[];
  /** Whether the oldest row of all is among them. */
  readonly complete: boolean;
  /** When an event last brought this row, in the same unit as `askedAt` below. */
  readonly heardAt: ReadonlyMap<string, number>;
}

export type Order<Row> = (one: Row, other: Row) => number;

export function emptyWindow<Row extends LiveRow>(): LiveWindow<Row> {
  return { rows: [], complete: false, heardAt: new Map() };
}

/** An event brought a row. Older states are dropped; rows below the window stay out, or they would hide a gap. */
export function hear<Row extends LiveRow>(
  window: LiveWindow<Row>,
  row: Row,
  order: Order<Row>,
  at: number,
): LiveWindow<Row> {
  const known = window.rows.find((candidate) => candidate.id === row.id);
  if (known && known.version >= row.version) return window;
  const oldest = window.rows.at(-1);
  const isBelow = !known && !window.complete && oldest !== undefined && order(row, oldest) > 0;
  if (isBelow) return window;
  const others = window.rows.filter((candidate) => candidate.id !== row.id);
  return {
    ...window,
    rows: [...others, row].sort(order),
    heardAt: new Map(window.heardAt).set(row.id, at),
  };
}

/**
 * The database answered what the whole window holds now. Rows that are absent leave, unless an event brought them
 * after the question was asked.
 */
export function replaceRows<Row extends LiveRow>(
  window: LiveWindow<Row>,
  answer: { rows: readonly Row[]; complete: boolean; askedAt: number },
  order: Order<Row>,
): LiveWindow<Row> {
  const answered = new Set(answer.rows.map((row) => row.id));
  const overtaking = window.rows.filter(
    (row) => !answered.has(row.id) && (window.heardAt.get(row.id) ?? -Infinity) > answer.askedAt,
  );
  const rows = [...newest(window.rows, answer.rows), ...overtaking].sort(order);
  return { rows, complete: answer.complete, heardAt: window.heardAt };
}

/** Older rows were loaded below the window. */
export function extendRows<Row extends LiveRow>(
  window: LiveWindow<Row>,
  answer: { rows: readonly Row[]; complete: boolean },
  order: Order<Row>,
): LiveWindow<Row> {
  const answered = new Set(answer.rows.map((row) => row.id));
  const kept = window.rows.filter((row) => !answered.has(row.id));
  const rows = [...kept, ...newest(window.rows, answer.rows)].sort(order);
  return { ...window, rows, complete: answer.complete };
}

/** The answered rows, each in the newer of its two states. */
function newest<Row extends LiveRow>(known: readonly Row[], answered: readonly Row[]): Row[] {
  const byId = new Map(known.map((row) => [row.id, row]));
  return answered.map((row) => {
    const mine = byId.get(row.id);
    return mine && mine.version > row.version ? mine : row;
  });
}
