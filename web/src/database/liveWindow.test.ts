import { describe, expect, it } from 'vitest';
import { emptyWindow, extendRows, hear, replaceRows, type LiveWindow } from './liveWindow';

interface Row {
  id: string;
  version: number;
  at: number;
}

const newestFirst = (one: Row, other: Row) => other.at - one.at;

function windowOf(rows: Row[], complete = false): LiveWindow<Row> {
  return replaceRows(emptyWindow<Row>(), { rows, complete, askedAt: 0 }, newestFirst);
}

const ids = (window: LiveWindow<Row>) => window.rows.map((row) => row.id).join('');
const a = { id: 'a', version: 1, at: 30 };
const b = { id: 'b', version: 1, at: 20 };
const c = { id: 'c', version: 1, at: 10 };

describe('hear', () => {
  it('puts a new row in its place', () => {
    expect(ids(hear(windowOf([a, c]), b, newestFirst, 1))).toBe('abc');
  });

  it('moves a row that changed', () => {
    expect(ids(hear(windowOf([a, b]), { ...b, version: 2, at: 40 }, newestFirst, 1))).toBe('ba');
  });

  it('drops an event that is older than the row on screen, or the same', () => {
    const window = windowOf([{ ...a, version: 3 }]);
    expect(hear(window, { ...a, version: 2, at: 99 }, newestFirst, 1)).toBe(window);
    expect(hear(window, { ...a, version: 3, at: 99 }, newestFirst, 1)).toBe(window);
  });

  it('leaves out a row below the window, which would hide a gap', () => {
    expect(ids(hear(windowOf([a, b]), c, newestFirst, 1))).toBe('ab');
    expect(ids(hear(windowOf([a, b], true), c, newestFirst, 1))).toBe('abc');
  });

  it('takes the first row of an empty list', () => {
    expect(ids(hear(windowOf([], true), a, newestFirst, 1))).toBe('a');
  });
});

describe('replaceRows', () => {
  it('lets absent rows leave', () => {
    const window = replaceRows(windowOf([a, b]), { rows: [a], complete: true, askedAt: 5 }, newestFirst);
    expect(ids(window)).toBe('a');
    expect(window.complete).toBe(true);
  });

  it('keeps a row that an event brought while the answer was on its way', () => {
    const heard = hear(windowOf([b]), a, newestFirst, 6);
    expect(ids(replaceRows(heard, { rows: [b], complete: true, askedAt: 5 }, newestFirst))).toBe('ab');
    expect(ids(replaceRows(heard, { rows: [b], complete: true, askedAt: 7 }, newestFirst))).toBe('b');
  });

  it('keeps the newer state of a row when the answer is older than an event', () => {
    const heard = hear(windowOf([a, b]), { ...b, version: 2, at: 40 }, newestFirst, 6);
    const window = replaceRows(heard, { rows: [a, b], complete: true, askedAt: 5 }, newestFirst);
    expect(window.rows[0]).toMatchObject({ id: 'b', version: 2 });
  });
});

describe('extendRows', () => {
  it('adds older rows below, each once', () => {
    const window = extendRows(windowOf([a, b]), { rows: [b, c], complete: true }, newestFirst);
    expect(ids(window)).toBe('abc');
    expect(window.complete).toBe(true);
  });
});
