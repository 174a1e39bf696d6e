/** Describes how a command of OpenIM becomes an event: the table of commands is made of this, and the guide prints it. */

/** How a field of an event is made of fields of the command's body, in the order in which they are named. */
export type FieldSource =
  | { how: FieldReading; from: readonly string[] }
  | { how: 'constant'; value: string; from: readonly [] }
  /** The fields that change, by their names in the event; the body shows `unset` for one that does not. */
  | {
      how: 'changes';
      names: Readonly<Record<string, string>>;
      unset: readonly unknown[];
      from: readonly string[];
    };

export type FieldReading =
  /** The first text that is not empty. */
  | 'text'
  /** A list of texts that is not empty. */
  | 'list'
  /** The text as a list of one. */
  | 'only'
  /** A whole number above 0; 0 means unknown. */
  | 'count'
  /** The last number of a list. */
  | 'last'
  /** The first time above 0, in milliseconds. */
  | 'time'
  /** When the request came: OpenIM posts it at once, and some have no time. */
  | 'received'
  /** The word for a platform's number. */
  | 'platform'
  /** The word for a content type's number. */
  | 'contentType'
  /** The content type's number as text. */
  | 'number'
  /** JSON inside a text; the text when it is none. */
  | 'content'
  /** The words in a message's content. */
  | 'words'
  /** A list of user ids, without the mark for everybody. */
  | 'mentions'
  /** The id of the quoted message. */
  | 'quoted'
  /** `si_`, `sg_`, `g_` or `sn_` and ids, as OpenIM forms it. */
  | 'conversation'
  /** The conversation of a group. */
  | 'groupConversation'
  /** The kind of conversation, by a session type, else by the beginning of a conversation id. */
  | 'conversationType'
  /** What became of a request: 1 is accepted, -1 is rejected. */
  | 'handled';

export type FieldSources = Readonly<Record<string, FieldSource>>;

/** A field of the answer to a before-callback, that a receiver may set. */
export interface ResponseField {
  name: string;
  type: ResponseType;
  /** Its names in the payload of the question, with dots; its own name is understood as well. */
  payload: readonly string[];
  /** Only when the request has a value for it: OpenIM crashes over one that it did not ask for. */
  onlyWhenSet?: true;
}

export type ResponseType =
  | 'text'
  | 'integer'
  | 'long integer'
  | 'yes or no'
  | 'list of ids'
  | 'content'
  | 'content type'
  | 'options'
  | 'push'
  | 'users'
  | 'members';

export interface OpenimCommand {
  command: string;
  /** Its key in the configuration file. */
  configKey: string;
  phase: 'before' | 'after';
  /** The first version that has it, where that is not 3.7. */
  since: '3.8' | '3.8.4' | null;
  /** The event of the catalogue; null: `openim.<command>` with the original body. */
  event: string | null;
  fields: FieldSources;
  /** Each item of this list becomes an event; `as` names the field that an item is, null when it is an object. */
  each?: { list: string; as: string | null };
  /** Fields for a content type of 1000 and more: `system.notification`. */
  notification?: FieldSources;
  /** When it happened, if the body says. */
  occurredAt?: FieldSource;
  /** The conversation that orders it, where the event itself has no such field. */
  conversation?: FieldSource;
  /** The field by which one event over several commands is known. */
  repeatedBy?: string;
  /** A field of the catalogue that the question goes without. */
  lacks?: string;
  /** Keeps the command's name in `extra.openim`, where the event does not tell it from another one. */
  keepsCommand?: true;
  changes: readonly ResponseField[];
  /** Fields that every answer that allows must repeat from the request. */
  echo?: readonly string[];
  /** Null says that a repeated field does not change; elsewhere it would empty it. */
  echoesNull?: true;
  note?: { en: string; zh: string };
}

const reads =
  (how: FieldReading) =>
  (...from: string[]): FieldSource => ({ how, from });

export const text = reads('text');
export const list = reads('list');
export const only = reads('only');
export const count = reads('count');
export const last = reads('last');
export const time = reads('time');
export const received = reads('received')();
export const platform = reads('platform');
export const handled = reads('handled');
export const conversationType = reads('conversationType');
export const groupConversation = reads('groupConversation');
export const read = (how: FieldReading, ...from: string[]): FieldSource => ({ how, from });

export function constant(value: string): FieldSource {
  return { how: 'constant', value, from: [] };
}

export function changesOf(names: Readonly<Record<string, string>>, unset: readonly unknown[]): FieldSource {
  return { how: 'changes', names, unset, from: Object.values(names) };
}

/** @param payload its names in the question's payload */
export function may(type: ResponseType, name: string, ...payload: string[]): ResponseField {
  return { name, type, payload };
}
