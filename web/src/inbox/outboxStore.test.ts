// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Failure, offline } from '@/lib/failure';
import { openDrafts, setDraft, useDrafts } from './draftStore';
import { hasText, sendText } from './messageRepository';
import { flushOutbox, openOutbox, send, settle, takeBack, useOutbox } from './outboxStore';

vi.mock('./messageRepository', () => ({ sendText: vi.fn(), hasText: vi.fn() }));
vi.mock('@/session/session', () => ({
  getAccessToken: vi.fn(),
  renewAccessToken: vi.fn(),
  onTokenRenewed: vi.fn(),
}));

const sending = vi.mocked(sendText);
const items = () => useOutbox.getState().items;
const only = () => {
  const item = items()[0];
  if (!item) throw new Error('the outbox is empty');
  return item;
};
const optedOut = new Failure('refused', 'They replied STOP.', 'opted_out');

describe('the outbox', () => {
  beforeEach(() => {
    vi.resetAllMocks();
    openDrafts('user');
    openOutbox('user', 'tenant');
  });

  it('shows a text at once and settles it when the thread shows it', async () => {
    sending.mockResolvedValue();
    send('c', 'On our way');
    expect(only().state).toBe('sending');
    await flushOutbox();
    expect(only().state).toBe('accepted');
    settle(new Set([only().id]));
    expect(items()).toEqual([]);
  });

  it('puts a refused text back into the composer, with the reason', async () => {
    sending.mockRejectedValue(optedOut);
    send('c', 'On our way');
    setDraft('c', 'typed meanwhile');
    await flushOutbox();
    expect(items()).toEqual([]);
    expect(useDrafts.getState().drafts.c).toBe('On our way\ntyped meanwhile');
    expect(useOutbox.getState().refusals.c?.code).toBe('opted_out');
  });

  it('tries again with the same id after no answer', async () => {
    sending.mockRejectedValueOnce(offline()).mockResolvedValueOnce();
    send('c', 'On our way');
    await flushOutbox();
    expect(only().state).toBe('waiting');
    await flushOutbox();
    expect(only().state).toBe('accepted');
    const [first, second] = sending.mock.calls;
    expect(second?.[0].id).toBe(first?.[0].id);
  });

  it('sends in the order of writing and holds the rest while there is no answer', async () => {
    sending.mockRejectedValueOnce(offline());
    send('c', 'one');
    send('c', 'two');
    await flushOutbox();
    expect(sending).toHaveBeenCalledOnce();
    sending.mockResolvedValue();
    await flushOutbox();
    expect(sending.mock.calls.map(([item]) => item.body)).toEqual(['one', 'one', 'two']);
  });

  it('keeps unsent texts over a reload, for the same person only', async () => {
    sending.mockRejectedValue(offline());
    send('c', 'On our way');
    await flushOutbox();
    openOutbox('someone-else', 'tenant');
    expect(items()).toEqual([]);
    openOutbox('user', 'tenant');
    await flushOutbox();
    expect(only().body).toBe('On our way');
  });

  it('takes back a text only when it did not arrive', async () => {
    sending.mockRejectedValue(offline());
    send('c', 'On our way');
    await flushOutbox();
    vi.mocked(hasText).mockResolvedValueOnce(true);
    await takeBack(only());
    expect(only().state).toBe('accepted');
    expect(useDrafts.getState().drafts.c).toBeUndefined();

    settle(new Set([only().id]));
    send('c', 'Wrong person');
    await flushOutbox();
    vi.mocked(hasText).mockResolvedValueOnce(false);
    await takeBack(only());
    expect(items()).toEqual([]);
    expect(useDrafts.getState().drafts.c).toBe('Wrong person');
  });
});
