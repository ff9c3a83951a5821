/** Settings that a client set for a while with SET, by the session that it names; sessions are never locked. */
import type { Clock } from '@meterhouse/common';

type SessionSettings = Readonly<Record<string, string | number>>;

interface Session {
  settings: SessionSettings;
  endsAt: number;
}

/** Of all clients; the one unused for longest goes first. */
const MAX_SESSIONS = 1_000;

export class Sessions {
  /** The one used last is last. */
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly clock: Clock) {}

  /** What was set before in a session of the key. */
  settingsOf(keyId: string, id: string, seconds: number): SessionSettings {
    return this.use(keyId, id, seconds, {});
  }

  /** Sets more for the session, which ends so many seconds after its last use. */
  set(keyId: string, id: string, seconds: number, settings: SessionSettings): void {
    this.use(keyId, id, seconds, settings);
  }

  private use(keyId: string, id: string, seconds: number, more: SessionSettings): SessionSettings {
    const now = this.clock.now();
    const name = JSON.stringify([keyId, id]);
    const before = this.sessions.get(name);
    const settings = { ...(before && before.endsAt > now ? before.settings : {}), ...more };
    this.sessions.delete(name);
    this.sessions.set(name, { settings, endsAt: now + seconds * 1_000 });
    for (const oldest of this.sessions.keys()) {
      if (this.sessions.size <= MAX_SESSIONS) break;
      this.sessions.delete(oldest);
    }
    return settings;
  }
}
