/** Reads a request of OpenIM: which command it is, and its body. */
import type { SourceRequest } from '../source-kind.js';
import { parseObject, type JsonObject } from './json-object.js';
import { commandByAnyName, commandByName, findCommand } from './mapping/commands.js';
import type { OpenimCommand } from './mapping/describe.js';

export interface ReadRequest {
  /** As it was sent. */
  name: string | null;
  command: OpenimCommand | null;
  /** The body's text without space around it, and parsed; null: it is no JSON object. */
  body: { text: string; data: JsonObject } | null;
}

/** Versions append the command to the path (3.5 and later) or to the query (3.4); the body repeats it. */
export function readRequest({ path, query, body }: SourceRequest): ReadRequest {
  const text = textOf(body);
  const data = text === null ? null : parseObject(text);
  const inBody = data?.callbackCommand;
  const names = [
    path.split('/').at(-1) ?? '',
    new URLSearchParams(query).get('command') ?? '',
    typeof inBody === 'string' ? inBody : '',
  ].filter((name) => name !== '');
  const name = names.find((each) => findCommand(each)) ?? names.find((each) => commandByName(each));
  return {
    name: name ?? names.at(-1) ?? null,
    // A body that names its command is of OpenIM, or of a build of it, whatever the name.
    command:
      name === undefined
        ? commandByAnyName(typeof inBody === 'string' ? inBody : '')
        : (findCommand(name) ?? commandByName(name)),
    body: text === null || data === null ? null : { text: text.trim(), data },
  };
}

/** null: it is not UTF-8. */
function textOf(body: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return null;
  }
}
