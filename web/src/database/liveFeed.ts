import { REALTIME_SUBSCRIBE_STATES, type RealtimeChannel } from '@supabase/supabase-js';
import { onTokenRenewed } from '@/session/session';
import { decodeChange, type Change } from './changeModel';
import { publishChange } from './changes';
import { getClient, type Client } from './client';
import { setFeed } from './connectionStore';
import { refreshAll } from './freshness';

/** `SUBSCRIBED` comes before the listener is ready: what happens in between is asked for once more after this. */
const SETTLING = 3_000;

/** How long to wait before a channel that the server closed is opened again. */
const REOPENING = 2_000;

/** A channel that is being left would be handed out again for the same topic, so the next feed waits for the last one. */
let leaving: Promise<unknown> = Promise.resolve();

/** Listens to the private topics of the session. A topic carries the company's access epoch, so topics change. */
export class LiveFeed {
  private readonly client: Client = getClient();
  private readonly joined = new Set<string>();
  private channels: RealtimeChannel[] = [];
  private settling: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;
  private readonly stopFollowing = onTokenRenewed(() => void this.client.realtime.setAuth());

  /** `onRejoin` is called when the topics may have changed: ask for them again and make a new feed. */
  constructor(
    private readonly topics: readonly string[],
    private readonly onRejoin: () => void,
  ) {
    void this.join();
  }

  stop(): void {
    this.stopped = true;
    this.stopFollowing();
    clearTimeout(this.settling);
    leaving = Promise.allSettled(this.channels.map((channel) => this.client.removeChannel(channel)));
  }

  private async join(): Promise<void> {
    // With an argument, as the client's constructor calls it, Realtime would stay with that first token for ever.
    await leaving;
    await this.client.realtime.setAuth();
    for (const topic of this.topics) this.open(topic);
  }

  private open(topic: string): void {
    if (this.stopped) return;
    const channel = this.client
      .channel(topic, { config: { private: true } })
      .on('broadcast', { event: 'change' }, ({ payload }: { payload?: unknown }) => this.receive(payload))
      .subscribe((status) => this.follow(topic, status));
    this.channels.push(channel);
  }

  private receive(payload: unknown): void {
    if (this.stopped) return;
    const change = readChange(payload);
    if (change === null) void refreshAll();
    else if (change.operation === 'rejoin') this.onRejoin();
    else publishChange(change);
  }

  private follow(topic: string, status: REALTIME_SUBSCRIBE_STATES): void {
    if (this.stopped) return;
    if (status === REALTIME_SUBSCRIBE_STATES.SUBSCRIBED) {
      this.joined.add(topic);
      if (this.joined.size === this.topics.length) this.beLive();
      return;
    }
    this.joined.delete(topic);
    setFeed('lost');
    // After an error the client tries again by itself, but a topic of an old epoch never opens again.
    if (status === REALTIME_SUBSCRIBE_STATES.CHANNEL_ERROR && navigator.onLine) this.onRejoin();
    if (status === REALTIME_SUBSCRIBE_STATES.CLOSED) setTimeout(() => this.open(topic), REOPENING);
  }

  private beLive(): void {
    setFeed('live');
    void refreshAll();
    clearTimeout(this.settling);
    this.settling = setTimeout(() => void refreshAll(), SETTLING);
  }
}

/** Null for an event that this page does not understand; something changed, that much is known. */
function readChange(payload: unknown): Change | null {
  try {
    return decodeChange(payload);
  } catch (error) {
    console.warn('a live event could not be read', error);
    return null;
  }
}
