// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { keepDestination, takeDestination } from './destination';

const NOON = Date.UTC(2026, 0, 5, 12);
const HOUR = 3_600_000;

describe('the destination', () => {
  it('is gone to once', () => {
    keepDestination('/inbox/1', NOON);
    expect(takeDestination(NOON + HOUR)).toBe('/inbox/1');
    expect(takeDestination(NOON + HOUR)).toBe('/');
  });

  it('is forgotten after a day', () => {
    keepDestination('/inbox/1', NOON);
    expect(takeDestination(NOON + 24 * HOUR)).toBe('/');
  });

  it.each(['https://evil.example', '//evil.example'])('is never %s', (path) => {
    keepDestination(path, NOON);
    expect(takeDestination(NOON)).toBe('/');
  });

  it('survives what an older build kept', () => {
    localStorage.setItem('fieldlite.destination', '/inbox');
    expect(takeDestination(NOON)).toBe('/');
  });
});
