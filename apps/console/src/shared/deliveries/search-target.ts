/** Guesses what kind of id a pasted text is, so that one box can search by any id. */
export type SearchTargetField =
  | 'callbackId'
  | 'deliveryId'
  | 'eventId'
  | 'messageId'
  | 'conversationId'
  | 'userId'
  /** In every text that the log keeps. */
  | 'q';

export interface SearchTarget {
  field: SearchTargetField;
  value: string;
}

const MAX_LENGTH = 200;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A line copied out of a body, a log or a header list: `"callbackId": "0198…",`, `X-App-Callback-Id: 0198…`. */
const LABELLED =
  /^["']?(?:x-app-)?(callback|delivery|event|message|conversation|user|sender|receiver|operator)[-_ ]?id["']?\s*[:=]\s*(.+)$/i;
const OWN_NAMES = new Set(['callback', 'delivery', 'event', 'message', 'conversation']);
/** Ids of the IM server may be any text. */
const FREE_FIELDS = new Set<SearchTargetField>(['messageId', 'conversationId', 'userId', 'q']);
const LOOKS_LIKE_CONVERSATION =
  /^(?:conv|conversation|dialog|si|sg|n|c2c|single|group|channel|room|chat)[_:-]/i;

/** What the text may be searched as, likeliest first; empty if it cannot be an id. */
export function searchTargetsOf(text: string): SearchTarget[] {
  const line = text.trim();
  const labelled = LABELLED.exec(line);
  if (labelled?.[1] && labelled[2]) {
    return targets([fieldNamed(labelled[1].toLowerCase())], withoutQuotes(labelled[2]));
  }
  const value = withoutQuotes(line);
  if (UUID.test(value)) {
    return targets(['callbackId', 'deliveryId', 'eventId', 'messageId', 'conversationId', 'userId'], value);
  }
  return LOOKS_LIKE_CONVERSATION.test(value)
    ? targets(['conversationId', 'messageId', 'userId'], value)
    : targets(['messageId', 'conversationId', 'userId', 'q'], value);
}

/** A sender, receiver or operator is a user. */
function fieldNamed(name: string): SearchTargetField {
  return OWN_NAMES.has(name) ? (`${name}Id` as SearchTargetField) : 'userId';
}

function targets(fields: SearchTargetField[], value: string): SearchTarget[] {
  if (value === '' || value.length > MAX_LENGTH || /[\r\n\0]/.test(value)) return [];
  return fields.filter((field) => isPossible(field, value)).map((field) => ({ field, value }));
}

/** The service's own ids are UUIDs. */
function isPossible(field: SearchTargetField, value: string): boolean {
  return FREE_FIELDS.has(field) || UUID.test(value);
}

function withoutQuotes(text: string): string {
  const bare = text.trim().replace(/,$/, '').trim();
  return /^(["'])(.*)\1$/s.exec(bare)?.[2]?.trim() ?? bare;
}
