/** Reads whom a message did not reach: a list, or one in gzip, of which v2 sends nothing but the header. */
import { gunzipSync } from 'node:zlib';
import { SYSTEM_UID } from './channel.js';
import type { JsonObject } from './wire-values.js';

/** Of a decompressed list: as large as a request may be. */
const MAX_LIST_BYTES = 8_388_608;

/**
 * @param senderId v3 lists the sender too, and the system; neither needs a push
 * @returns each once, possibly none; null when the list cannot be read
 */
export function recipientsOf(message: JsonObject, senderId: string | undefined): string[] | null {
  const { to_uids: plain = [], compress, compress_to_uids: compressed } = message;
  const isCompressed = compress !== undefined && compress !== null && compress !== '';
  const unpacked = isCompressed ? unpack(compress, compressed) : [];
  const lists = [plain ?? [], unpacked];
  if (!lists.every((list) => Array.isArray(list))) return null;
  const uids: unknown[] = lists.flat();
  if (!uids.every((uid) => typeof uid === 'string')) return null;
  return [...new Set(uids)].filter((uid) => uid !== senderId && uid !== SYSTEM_UID);
}

function unpack(compress: unknown, compressed: unknown): unknown {
  if (compress !== 'gzip' || typeof compressed !== 'string') return null;
  try {
    const bytes = gunzipSync(Buffer.from(compressed, 'base64'), { maxOutputLength: MAX_LIST_BYTES });
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return null;
  }
}
