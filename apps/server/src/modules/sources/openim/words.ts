/** Says OpenIM's numbers in words. */

/** Platforms, by `platformID`. */
const PLATFORMS: Readonly<Record<number, string>> = {
  1: 'ios',
  2: 'android',
  3: 'windows',
  4: 'macos',
  5: 'web',
  6: 'miniweb',
  7: 'linux',
  8: 'android-pad',
  9: 'ipad',
  10: 'admin',
  11: 'harmonyos',
};

/** Content types below 1000; another number is given as it is. */
export const CONTENT_TYPES: Readonly<Record<number, string>> = {
  101: 'text',
  102: 'image',
  103: 'audio',
  104: 'video',
  105: 'file',
  106: 'text',
  107: 'merge',
  108: 'card',
  109: 'location',
  110: 'custom',
  111: 'revoke',
  113: 'typing',
  114: 'quote',
  117: 'advanced-text',
  118: 'markdown',
  119: 'custom',
  120: 'custom',
};

/** The property of the content that holds the words of a message, by content type. */
export const WORDS_IN: Readonly<Record<number, string>> = {
  101: 'content',
  106: 'text',
  114: 'text',
  117: 'text',
  118: 'content',
};

/** Notifications of the system have this content type or a higher one. */
export const FIRST_NOTIFICATION = 1_000;

/** Marks in a list of mentioned users that everybody is meant. */
export const EVERYBODY = 'AtAllTag';

const BY_SESSION: Readonly<Record<number, string>> = { 1: 'single', 2: 'group', 3: 'group', 4: 'system' };
const BY_PREFIX: Readonly<Record<string, string>> = { si: 'single', g: 'group', sg: 'group', sn: 'system' };

export function conversationTypeOf(sessionType: unknown, conversationId: unknown): string | undefined {
  const bySession = typeof sessionType === 'number' ? BY_SESSION[sessionType] : undefined;
  if (bySession !== undefined || typeof conversationId !== 'string') return bySession;
  const prefix = conversationId.slice(0, Math.max(0, conversationId.indexOf('_')));
  return Object.hasOwn(BY_PREFIX, prefix) ? BY_PREFIX[prefix] : undefined;
}

/** @param name as OpenIM calls it, for numbers that are newer than this list */
export function platformOf(id: unknown, name: unknown): string | undefined {
  const known = typeof id === 'number' ? PLATFORMS[id] : undefined;
  if (known !== undefined) return known;
  if (typeof name === 'string' && name !== '') return name.toLowerCase();
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? String(id) : undefined;
}

/** As OpenIM forms it: ids of a single chat sorted by their bytes. Session type 2 is the older form of groups. */
export function conversationIdOf(
  sessionType: unknown,
  senderId: unknown,
  receiverId: unknown,
  groupId: unknown,
): string | undefined {
  if (sessionType === 2) return named('g', groupId);
  if (sessionType === 3) return named('sg', groupId);
  if (!isId(senderId) || !isId(receiverId)) return undefined;
  if (sessionType === 4) return `sn_${senderId}_${receiverId}`;
  if (sessionType !== 1) return undefined;
  const [first, second] = [senderId, receiverId].sort((a, b) =>
    Buffer.compare(Buffer.from(a), Buffer.from(b)),
  );
  return `si_${String(first)}_${String(second)}`;
}

export function groupConversationOf(groupId: unknown): string | undefined {
  return named('sg', groupId);
}

function named(prefix: string, id: unknown): string | undefined {
  return isId(id) ? `${prefix}_${id}` : undefined;
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && id !== '';
}
