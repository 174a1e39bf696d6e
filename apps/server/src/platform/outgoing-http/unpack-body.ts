/** Unpacks response bodies (Content-Encoding) for the log, bounded, since a small body may unpack to a huge one. */
import type { Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { ConcurrencyLimiter } from '../limits/concurrency-limiter.js';

export interface UnpackedBody {
  bytes: Buffer;
  /** There is more than the limit. */
  isCut: boolean;
}

/** The limit of nested codings; more are not legitimate. */
const MAX_CODINGS = 3;
/** Each may need the memory of a window, whose size the receiver chooses. */
const MAX_UNPACKED_AT_ONCE = 4;
const MAX_ZSTD_WINDOW_LOG = 23;
/** The result of an attempt waits for this, so it is short. */
const WAITING = { maxWaiting: 1_000, maxWaitingPerKey: 250, maxWaitMs: 5_000 };

class UnpackersBusyError extends Error {}

const limiter = new ConcurrencyLimiter(
  { maxConcurrent: MAX_UNPACKED_AT_ONCE, ...WAITING },
  () => new UnpackersBusyError('Too many response bodies are being unpacked'),
);

/** A body may end where the log's limit cut it: what came before is still worth reading. */
const TOLERANT = { finishFlush: constants.Z_SYNC_FLUSH };

type Unpacker = (packed: Buffer) => Transform;

/** A map, since the receiver chooses the name, and objects have inherited ones. */
const UNPACKERS: ReadonlyMap<string, Unpacker> = new Map<string, Unpacker>([
  ['gzip', () => createGunzip(TOLERANT)],
  ['x-gzip', () => createGunzip(TOLERANT)],
  // RFC 9110 means zlib's format; some servers send the bare one.
  ['deflate', (packed) => (isZlib(packed) ? createInflate(TOLERANT) : createInflateRaw(TOLERANT))],
  ['br', () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH })],
  [
    'zstd',
    () =>
      createZstdDecompress({
        finishFlush: constants.ZSTD_e_flush,
        params: { [constants.ZSTD_d_windowLogMax]: MAX_ZSTD_WINDOW_LOG },
      }),
  ],
]);

/** @returns the codings to undo, the outermost first; none where the body is plain or its coding is not known */
export function codingsOf(contentEncoding: string | undefined): string[] {
  if (contentEncoding === undefined) return [];
  const codings = contentEncoding
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity');
  const isKnown = codings.length <= MAX_CODINGS && codings.every((coding) => UNPACKERS.has(coding));
  return isKnown ? codings.reverse() : [];
}

/**
 * @param owner whose body it is: the bodies that wait for a permit are limited per owner
 * @returns at most `maxBytes` of it; the body as it came when it is not what its coding says, or when too many wait
 */
export async function unpackBody(
  packed: Buffer,
  codings: readonly string[],
  maxBytes: number,
  owner = '',
): Promise<UnpackedBody> {
  let body: UnpackedBody = { bytes: packed, isCut: false };
  for (const coding of codings) {
    const unpacked = await unpackWithPermit(owner, () => unpack(body.bytes, coding, maxBytes));
    if (!unpacked) return { bytes: packed, isCut: false };
    body = { bytes: unpacked.bytes, isCut: body.isCut || unpacked.isCut };
  }
  return body;
}

async function unpackWithPermit<T>(owner: string, work: () => Promise<T | null>): Promise<T | null> {
  try {
    return await limiter.run(owner, work);
  } catch (error) {
    if (error instanceof UnpackersBusyError) return null;
    throw error;
  }
}

/** @returns null when nothing could be read */
async function unpack(packed: Buffer, coding: string, maxBytes: number): Promise<UnpackedBody | null> {
  const chunks: Buffer[] = [];
  let left = maxBytes;
  try {
    const unpacker = UNPACKERS.get(coding)?.(packed);
    if (!unpacker) return null;
    unpacker.end(packed);
    for await (const chunk of unpacker as AsyncIterable<Buffer>) {
      chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      // Leaving the loop destroys the stream: nothing more is unpacked.
      if (left < 0) break;
    }
  } catch {
    if (chunks.length === 0) return null;
  }
  return { bytes: Buffer.concat(chunks), isCut: left < 0 };
}

function isZlib(bytes: Buffer): boolean {
  const [first = 0, second = 0] = bytes;
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
