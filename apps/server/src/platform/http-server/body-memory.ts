/** Bounds the memory of all request bodies together, and shares it fairly among senders. */

/** A parsed body takes several times its bytes. */
const MAX_BYTES = 48 * 1024 * 1024;
/** Bodies up to this size have a separate bound, so that large batches do not affect ordinary traffic. */
const SMALL_BODY_BYTES = 64 * 1024;

/** Who a body is charged to. */
export interface BodyOwner {
  /** The app or tenant of an authenticated caller, else the block of addresses it calls from. */
  key: string;
  /** Unauthenticated senders are evicted before authenticated ones. */
  isVerified: boolean;
}

/** What one body takes. */
export interface BodyShare {
  /** Charges received bytes. @returns false when there is no memory for them and the body must be refused */
  take: (bytes: number) => boolean;
  /** The body is complete and can no longer be evicted. */
  complete: () => void;
  /** The request has ended. */
  release: () => void;
}

interface Body {
  owner: Holder;
  bytes: number;
  isComplete: boolean;
  onEvicted: () => void;
}

interface Holder extends BodyOwner {
  bytes: number;
  bodies: Set<Body>;
}

/**
 * Counts received bytes, not announced ones. At the bound, incomplete bodies are evicted for a sender that has less:
 * first those of unauthenticated callers, then those of the sender that has most.
 */
export class BodyMemory {
  private bytes = 0;
  private readonly holders = new Map<string, Holder>();

  constructor(private readonly maxBytes = MAX_BYTES) {}

  /** @param onEvicted called when the body is evicted; it ends the request */
  open(owner: BodyOwner, onEvicted: () => void): BodyShare {
    const holder = this.holders.get(owner.key) ?? { ...owner, bytes: 0, bodies: new Set() };
    this.holders.set(owner.key, holder);
    const body: Body = { owner: holder, bytes: 0, isComplete: false, onEvicted };
    holder.bodies.add(body);
    return {
      take: (bytes) => this.take(body, bytes),
      complete: () => {
        body.isComplete = true;
      },
      release: () => {
        this.release(body);
      },
    };
  }

  private take(body: Body, bytes: number): boolean {
    if (!body.owner.bodies.has(body)) return false;
    while (!this.hasRoomFor(body, bytes)) {
      const other = this.findEvictable(body, bytes);
      if (!other) return false;
      this.release(other);
      other.onEvicted();
    }
    this.charge(body, bytes);
    return true;
  }

  /** A single body is always accepted, even a large one. */
  private hasRoomFor(body: Body, bytes: number): boolean {
    const isSmall = body.bytes + bytes <= SMALL_BODY_BYTES;
    const maxBytes = isSmall ? 2 * this.maxBytes : this.maxBytes;
    return this.bytes + bytes <= maxBytes || this.bytes === body.bytes;
  }

  private findEvictable({ owner }: Body, bytes: number): Body | undefined {
    let found: Body | undefined;
    for (const holder of this.holders.values()) {
      if (!mayTakeFrom(owner, holder, bytes)) continue;
      for (const body of holder.bodies) {
        if (!body.isComplete && body.bytes > 0 && (!found || isEvictedBefore(body, found))) found = body;
      }
    }
    return found;
  }

  private charge(body: Body, bytes: number): void {
    body.bytes += bytes;
    body.owner.bytes += bytes;
    this.bytes += bytes;
  }

  private release(body: Body): void {
    const { owner } = body;
    if (!owner.bodies.delete(body)) return;
    this.charge(body, -body.bytes);
    if (owner.bodies.size === 0) this.holders.delete(owner.key);
  }
}

/** Evicts only from senders that would still have more, so that two senders do not evict each other. */
function mayTakeFrom(owner: Holder, other: Holder, bytes: number): boolean {
  if (owner === other) return false;
  if (owner.isVerified !== other.isVerified) return owner.isVerified;
  return other.bytes > owner.bytes + bytes;
}

function isEvictedBefore(one: Body, other: Body): boolean {
  if (one.owner.isVerified !== other.owner.isVerified) return other.owner.isVerified;
  if (one.owner !== other.owner) return one.owner.bytes > other.owner.bytes;
  return one.bytes > other.bytes;
}
