// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offline } from './failure';
import { offerUndo, OFFER_MILLISECONDS, takeBack, useUndo, withdrawUndo } from './undoStore';

const offered = () => useUndo.getState().offer?.words;

describe('the offer to undo', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    withdrawUndo();
    vi.useRealTimers();
  });

  it('goes away by itself, and a newer one takes its place', () => {
    offerUndo({ words: 'first', undo: () => Promise.resolve() });
    vi.advanceTimersByTime(OFFER_MILLISECONDS - 1);
    offerUndo({ words: 'second', undo: () => Promise.resolve() });
    vi.advanceTimersByTime(OFFER_MILLISECONDS - 1);
    expect(offered()).toBe('second');
    vi.advanceTimersByTime(1);
    expect(offered()).toBeUndefined();
  });

  it('is taken once, however often it is pressed', async () => {
    const undo = vi.fn(() => Promise.resolve());
    offerUndo({ words: 'deleted', undo });
    await Promise.all([takeBack(), takeBack()]);
    expect(undo).toHaveBeenCalledTimes(1);
    expect(offered()).toBeUndefined();
  });

  it('says why it could not be taken back', async () => {
    offerUndo({ words: 'deleted', undo: () => Promise.reject(offline()) });
    await takeBack();
    expect(useUndo.getState().failure?.kind).toBe('offline');
  });
});
