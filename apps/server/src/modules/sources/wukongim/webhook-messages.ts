/**
 * Reads and writes the two messages of WuKongIM's gRPC service in protobuf's wire form:
 * `EventReq { string event = 1; bytes data = 2 }` and `EventResp { EventStatus status = 1; bytes data = 2 }`.
 */

export interface EventReq {
  event: string;
  data: Buffer;
}

export interface EventResp {
  isStored: boolean;
}

const SUCCESS = 1;
/** Field 1 as a varint. */
const STATUS_TAG = 0x08;
const MAX_VARINT_BYTES = 10;
/** Numbers of wire types. */
const VARINT = 0;
const FIXED_64 = 1;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** @throws RangeError when it breaks off, or is no protobuf */
export function readEventReq(bytes: Buffer): EventReq {
  const request: EventReq = { event: '', data: Buffer.alloc(0) };
  const reader = new FieldReader(bytes);
  for (let field = reader.next(); field; field = reader.next()) {
    if (field.wireType !== LENGTH_DELIMITED) continue;
    if (field.number === 1) request.event = field.value.toString('utf8');
    if (field.number === 2) request.data = field.value;
  }
  return request;
}

/** A status that is absent means Error. */
export function writeEventResp({ isStored }: EventResp): Buffer {
  return isStored ? Buffer.from([STATUS_TAG, SUCCESS]) : Buffer.alloc(0);
}

interface Field {
  number: number;
  wireType: number;
  /** The bytes of a length-delimited field; empty for numbers. */
  value: Buffer;
}

class FieldReader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  next(): Field | null {
    if (this.at === this.bytes.length) return null;
    const tag = this.varint();
    const wireType = tag % 8;
    return { number: Math.floor(tag / 8), wireType, value: this.value(wireType) };
  }

  private value(wireType: number): Buffer {
    switch (wireType) {
      case VARINT:
        this.varint();
        return this.take(0);
      case FIXED_64:
        return this.take(8);
      case FIXED_32:
        return this.take(4);
      case LENGTH_DELIMITED:
        return this.take(this.varint());
      default:
        throw new RangeError(`There is no wire type ${String(wireType)}`);
    }
  }

  private take(length: number): Buffer {
    const end = this.at + length;
    if (end > this.bytes.length) throw new RangeError('The message breaks off');
    const taken = this.bytes.subarray(this.at, end);
    this.at = end;
    return taken;
  }

  /** Inexact beyond 2^53, which is longer than any message. */
  private varint(): number {
    let value = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index += 1) {
      const byte = this.take(1)[0] ?? 0;
      value += (byte % 128) * 2 ** (7 * index);
      if (byte < 128) return value;
    }
    throw new RangeError('A number has more bytes than protobuf writes');
  }
}
