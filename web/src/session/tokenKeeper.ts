import { Failure, signedOut } from '@/lib/failure';
import { lifetimeOf, renewalMargin, type Session } from './sessionModel';

export interface TokenKeeperOptions {
  /** Fetches a new session; rejects with a Failure of kind `signed-out` when there is none to be had. */
  renew: () => Promise<Session>;
  onRenewed: (session: Session) => void;
  onEnded: () => void;
}

interface Held {
  accessToken: string;
  /** Milliseconds by this computer's clock. */
  expiresAt: number;
  renewAt: number;
}

/** Holds the access token in memory and renews it ahead of time, once at a time however many ask. */
export class TokenKeeper {
  private held: Held | null = null;
  private renewal: Promise<string> | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly options: TokenKeeperOptions) {}

  hold(session: Session): void {
    const now = Date.now();
    const lifetime = lifetimeOf(session, now);
    const expiresAt = now + lifetime;
    this.held = { accessToken: session.accessToken, expiresAt, renewAt: expiresAt - renewalMargin(lifetime) };
    this.renewLater(this.held.renewAt - now);
  }

  drop(): void {
    clearTimeout(this.timer);
    this.held = null;
    this.renewal = null;
  }

  /** A token that is good for a while. Without signal an older one is returned for as long as it is valid. */
  async accessToken(): Promise<string> {
    const { held } = this;
    if (!held) throw signedOut();
    if (Date.now() < held.renewAt) return held.accessToken;
    try {
      return await this.renewNow();
    } catch (error) {
      const stillValid = Date.now() < held.expiresAt && !isEnd(error);
      if (stillValid) return held.accessToken;
      throw error;
    }
  }

  /** A new token, after the server refused the present one. */
  async renewNow(): Promise<string> {
    this.renewal ??= this.renewOnce().finally(() => {
      this.renewal = null;
    });
    return this.renewal;
  }

  private async renewOnce(): Promise<string> {
    const before = this.held;
    try {
      const session = await this.options.renew();
      // Signed out, or in as somebody else, while the answer was on its way.
      if (this.held !== before) throw signedOut();
      this.hold(session);
      this.options.onRenewed(session);
      return session.accessToken;
    } catch (error) {
      if (isEnd(error) && this.held === before) this.options.onEnded();
      throw error;
    }
  }

  private renewLater(delay: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      // No signal: accessToken() tries again when something is asked for, and freshness asks each minute.
      this.renewNow().catch(() => undefined);
    }, delay);
  }
}

function isEnd(error: unknown): boolean {
  return error instanceof Failure && error.kind === 'signed-out';
}
