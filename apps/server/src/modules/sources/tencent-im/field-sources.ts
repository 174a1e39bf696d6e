/** Says where a field of a payload comes from: by name, for people, and as a function of the request. */
import { partsOf, type MessageParts } from './message-body.js';
import { bodiesOf, idOf, idsOf, instantOf, textOf, valueAt, wholeOf, type Body } from './read-values.js';
import type { TencentQuery } from './request-query.js';

export interface Given {
  /** The body; of a list in it, with the fields of one item put over it. */
  body: Body;
  query: TencentQuery;
}

export interface Field {
  /** As the guides print it: `MsgKey`. */
  from: string;
  /** The body's fields that are used up; the others are kept in `extra`. */
  uses: readonly string[];
  read: (given: Given) => unknown;
}

export type Fields = Readonly<Record<string, Field>>;

export const id = (path: string): Field => fromBody(path, idOf);
export const text = (path: string): Field => fromBody(path, textOf);
export const whole = (path: string): Field => fromBody(path, wholeOf);
export const seconds = (path: string): Field => fromBody(path, (value) => instantOf(value, 1_000));
export const millis = (path: string): Field => fromBody(path, (value) => instantOf(value, 1));

/** Ids of a list of objects: `members('NewMemberList')`. */
export const members = (path: string, name = 'Member_Account'): Field => ({
  ...fromBody(path, (value) => idsOf(value, name)),
  from: `${path}[].${name}`,
});

/** A value that the command itself means, such as a message's status. */
export const meaning = (value: string | boolean): Field => ({
  from: `= ${String(value)}`,
  uses: [],
  read: () => value,
});

/** The operating system or browser of the client, in words of the catalogue. */
export const platform: Field = {
  from: '?OptPlatform',
  uses: [],
  read: ({ query }) => platformWord(query.platform),
};

/** `c2c_<a>_<b>`, the two users in the order of their code units, so that both directions are one conversation. */
export const c2cConversation = (one: string, other: string): Field => ({
  from: `c2c_ + ${one}, ${other}`,
  uses: [],
  read: ({ body }) => {
    const a = idOf(valueAt(body, one));
    const b = idOf(valueAt(body, other));
    if (a === undefined || b === undefined) return undefined;
    return a < b ? `c2c_${a}_${b}` : `c2c_${b}_${a}`;
  },
});

/** The topic of a community, else the group. */
export const groupConversation: Field = {
  from: 'TopicId / GroupId',
  uses: [],
  read: ({ body }) => idOf(valueAt(body, 'TopicId')) ?? idOf(valueAt(body, 'GroupId')),
};

/** `MsgSeq` counts within one group or topic, and the vendor's own interfaces name a message by both. */
export const groupMessageId: Field = {
  from: 'TopicId / GroupId + _ + MsgSeq',
  uses: [],
  read: (given) => {
    const conversation = groupConversation.read(given);
    const seq = idOf(valueAt(given.body, 'MsgSeq'));
    return typeof conversation === 'string' && seq !== undefined ? `${conversation}_${seq}` : undefined;
  },
};

/** Users that a group message mentions; `@all` names none and stays in `extra`. */
export const mentioned: Field = {
  from: 'GroupAtInfo[].GroupAt_Account',
  uses: [],
  read: ({ body }) => {
    const ids = bodiesOf(body.GroupAtInfo)?.flatMap((item) => idOf(item.GroupAt_Account) ?? []);
    return ids && ids.length > 0 ? ids : undefined;
  },
};

export const messagePart = (part: keyof MessageParts): Field => ({
  from: 'MsgBody',
  uses: ['MsgBody'],
  read: ({ body }) => partsOf(body.MsgBody)?.[part],
});

/** A value of `ProfileItem`, a list of tags and values. */
export const profileItem = (tag: string): Field => ({
  from: `ProfileItem: ${tag}`,
  uses: ['ProfileItem'],
  read: ({ body }) => textOf(bodiesOf(body.ProfileItem)?.find(({ Tag }) => Tag === tag)?.Value),
});

/** The fields that changed, by the names of the payload, else by the vendor's. */
export const changes = (from: string, read: (body: Body) => Body | undefined): Field => ({
  from,
  uses: [],
  read: ({ body }) => read(body),
});

/** An object with fields of its own. */
export const nested = (from: string, fields: Fields): Field => ({
  from,
  uses: Object.values(fields).flatMap(({ uses }) => uses),
  read: (given) => readFields(fields, given),
});

/** Fields that are undefined are left out. */
export function readFields(fields: Fields, given: Given): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, field]) => {
      const value = field.read(given);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function fromBody(path: string, read: (value: unknown) => unknown): Field {
  const isTop = !path.includes('.');
  return { from: path, uses: isTop ? [path] : [], read: ({ body }) => read(valueAt(body, path)) };
}

/** `State.StateChange` writes `IOS`, the others `iOS`; older pages say `Mac`, newer ones `macOS`. */
function platformWord(platform: string | undefined): string | undefined {
  const word = platform?.toLowerCase();
  if (word === undefined || word === '' || word === 'unknown') return undefined;
  return word === 'mac' ? 'macos' : word;
}
