/** Bounds the memory of request bodies over all clients, also slow ones. */
import type { ApiException } from '../api-exception';
import { overloaded } from '../overloaded';

/** Bytes of all bodies, inflated, that are in memory at once: each from its first byte until its call is answered. */
const MAX_BODIES_BYTES = 64 * 1024 * 1024;

/**
 * When all bodies together would take more than the limit, the one that has been on its way for longest is given up:
 * a client that sends at a usual pace is served while others fill the memory drop by drop. Where none is on its way, the
 * calls that are being handled have the memory, and the new one finds no room.
 */
export class BodyMemory {
  private taken = 0;
  /** Oldest first. */
  private readonly arriving = new Set<BodyShare>();

  constructor(private readonly limit: number = MAX_BODIES_BYTES) {}

  /** @param giveUp is called when the body, while it is on its way, must leave its room to others */
  open(giveUp: (error: ApiException) => void): BodyShare {
    const share = new BodyShare(this, giveUp);
    this.arriving.add(share);
    return share;
  }

  /** Whether there is room for so many bytes more; what has none is closed. */
  take(share: BodyShare, bytes: number): boolean {
    this.taken += bytes;
    while (bytes > 0 && this.taken > this.limit) {
      const [oldest = share] = this.arriving;
      oldest.close();
      if (oldest === share) return false;
      oldest.giveUp(noRoom());
    }
    return true;
  }

  /** The body is whole, or gone: it is not given up any more. */
  arrived(share: BodyShare): void {
    this.arriving.delete(share);
  }
}

/** What one body takes. */
export class BodyShare {
  private bytes = 0;
  private closed = false;

  constructor(
    private readonly memory: BodyMemory,
    readonly giveUp: (error: ApiException) => void,
  ) {}

  /** The body takes this many bytes now. False: there is no room for them, or no use, and the body takes none. */
  resize(bytes: number): boolean {
    if (this.closed) return false;
    const more = bytes - this.bytes;
    this.bytes = bytes;
    return this.memory.take(this, more);
  }

  arrived(): void {
    this.memory.arrived(this);
  }

  /** Releases the share. Idempotent. */
  close(): void {
    this.arrived();
    this.resize(0);
    this.closed = true;
  }
}

export function noRoom(): ApiException {
  return overloaded('The service has no memory for more bodies right now; send this one again later.');
}
