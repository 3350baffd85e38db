import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { offline, signedOut } from '@/lib/failure';
import type { Session } from './sessionModel';
import { TokenKeeper } from './tokenKeeper';

const MINUTE = 60_000;

function session(name: string, seconds = 3600): Session {
  const body = btoa(JSON.stringify({ iat: 0, exp: seconds }));
  return {
    accessToken: `${name}.${body}.`,
    expiresAt: 0,
    user: { id: 'u', email: 'a@b.example', displayName: '' },
    needsSecondFactor: false,
  };
}

function makeKeeper() {
  const renew = vi.fn<() => Promise<Session>>();
  const onRenewed = vi.fn();
  const onEnded = vi.fn();
  return { keeper: new TokenKeeper({ renew, onRenewed, onEnded }), renew, onRenewed, onEnded };
}

describe('TokenKeeper', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('returns the token it holds while there is time', async () => {
    const { keeper, renew } = makeKeeper();
    keeper.hold(session('one'));
    vi.setSystemTime(Date.now() + 58 * MINUTE);
    await expect(keeper.accessToken()).resolves.toMatch(/^one/);
    expect(renew).not.toHaveBeenCalled();
  });

  it('renews ahead of time by itself', async () => {
    const { keeper, renew, onRenewed } = makeKeeper();
    renew.mockResolvedValue(session('two', 60));
    keeper.hold(session('one', 60));
    await vi.advanceTimersByTimeAsync(46_000);
    expect(onRenewed).toHaveBeenCalledOnce();
    await expect(keeper.accessToken()).resolves.toMatch(/^two/);
  });

  it('asks once for many callers', async () => {
    const { keeper, renew } = makeKeeper();
    renew.mockResolvedValue(session('two'));
    keeper.hold(session('one'));
    const tokens = await Promise.all([keeper.renewNow(), keeper.renewNow(), keeper.renewNow()]);
    expect(new Set(tokens).size).toBe(1);
    expect(renew).toHaveBeenCalledOnce();
  });

  it('goes on with a valid token when there is no signal', async () => {
    const { keeper, renew, onEnded } = makeKeeper();
    renew.mockRejectedValue(offline());
    keeper.hold(session('one'));
    vi.setSystemTime(Date.now() + 59.5 * MINUTE);
    await expect(keeper.accessToken()).resolves.toMatch(/^one/);
    vi.setSystemTime(Date.now() + MINUTE);
    await expect(keeper.accessToken()).rejects.toMatchObject({ kind: 'offline' });
    expect(onEnded).not.toHaveBeenCalled();
  });

  it('says once that the session is over', async () => {
    const { keeper, renew, onEnded } = makeKeeper();
    renew.mockRejectedValue(signedOut());
    keeper.hold(session('one'));
    await expect(keeper.renewNow()).rejects.toMatchObject({ kind: 'signed-out' });
    expect(onEnded).toHaveBeenCalledOnce();
  });

  it('does not come back to life when the answer arrives after signing out', async () => {
    const { keeper, renew, onRenewed } = makeKeeper();
    renew.mockResolvedValue(session('two'));
    keeper.hold(session('one'));
    const renewal = keeper.renewNow();
    keeper.drop();
    await expect(renewal).rejects.toMatchObject({ kind: 'signed-out' });
    expect(onRenewed).not.toHaveBeenCalled();
    await expect(keeper.accessToken()).rejects.toMatchObject({ kind: 'signed-out' });
  });
});
