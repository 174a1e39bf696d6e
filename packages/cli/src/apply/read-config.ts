/** Reads a file of wanted apps, webhooks, sources and event types; secrets come from the environment. */
import { parseDocument } from 'yaml';
import { CliError, EXIT } from '../exit-codes.js';
import type { Texts } from '../texts/en.js';

/** The fields of a resource, as its create request takes them. */
export type Fields = Readonly<Record<string, unknown>>;

export interface WantedResource {
  /** `externalId`; of an event type its name. */
  id: string;
  fields: Fields;
}

export interface WantedApp {
  /** As paths name it: the AppKey, or `ext:` and its external id. */
  ref: string;
  /** As people read it. */
  id: string;
  /** Empty: the app exists, and stays as it is. */
  fields: Fields;
  webhooks: WantedResource[];
  sources: WantedResource[];
}

export interface Config {
  apps: WantedApp[];
  eventTypes: WantedResource[];
}

const VARIABLE = /\$(\$)?\{(\w+)\}/g;

/**
 * @param text YAML or JSON
 * @throws CliError with one line about what is wrong, and where
 */
export function readConfig(text: string, env: NodeJS.ProcessEnv, texts: Texts): Config {
  const document = parseDocument(text, { prettyErrors: true });
  const [fault] = document.errors;
  if (fault) throw new CliError(EXIT.usage, fault.message.split('\n')[0]?.replace(/:$/, '') ?? '');
  const reader = new Reader(env, texts);
  const root = reader.object(document.toJS(), 'file', ['apps', 'eventTypes']);
  const apps = reader.list(root.apps, 'apps').map((app, index) => reader.app(app, `apps[${String(index)}]`));
  const eventTypes = reader.resources(root.eventTypes, 'eventTypes', 'name');
  reader.refuseTwice(apps, 'apps');
  return { apps, eventTypes };
}

class Reader {
  constructor(
    private readonly env: NodeJS.ProcessEnv,
    private readonly texts: Texts,
  ) {}

  app(value: unknown, where: string): WantedApp {
    const { webhooks, sources, appKey, ...fields } = this.object(value, where);
    const resources = {
      webhooks: this.resources(webhooks, `${where}.webhooks`, 'externalId'),
      sources: this.resources(sources, `${where}.sources`, 'externalId'),
    };
    if (appKey === undefined) {
      const id = this.text(fields.externalId, `${where}.externalId`);
      return { ref: `ext:${id}`, id, fields: this.filled(fields, where), ...resources };
    }
    const ref = this.text(appKey, `${where}.appKey`);
    return { ref, id: ref, fields: this.filled(fields, where), ...resources };
  }

  resources(value: unknown, where: string, idField: 'externalId' | 'name'): WantedResource[] {
    const resources = this.list(value, where).map((each, index) => {
      const at = `${where}[${String(index)}]`;
      const fields = this.filled(this.object(each, at), at);
      return { id: this.text(fields[idField], `${at}.${idField}`), fields };
    });
    this.refuseTwice(resources, where);
    return resources;
  }

  /** @param known absent: the service knows which fields there are */
  object(value: unknown, where: string, known?: readonly string[]): Record<string, unknown> {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.fail(where, 'needsObject');
    const object = value as Record<string, unknown>;
    const [unknown] = Object.keys(object).filter((name) => known?.includes(name) === false);
    if (unknown !== undefined) this.fail(`${where}.${unknown}`, 'unknownField');
    return object;
  }

  list(value: unknown, where: string): unknown[] {
    if (value === undefined || value === null) return [];
    if (!Array.isArray(value)) this.fail(where, 'needsList');
    return value as unknown[];
  }

  refuseTwice(resources: readonly { id: string }[], where: string): void {
    const ids = new Set<string>();
    for (const { id } of resources) {
      if (ids.has(id))
        throw new CliError(EXIT.usage, this.texts.apply.fault(where, this.texts.apply.twice(id)));
      ids.add(id);
    }
  }

  private text(value: unknown, where: string): string {
    if (typeof value !== 'string' || value === '') this.fail(where, 'needsText');
    return value;
  }

  private filled(fields: Record<string, unknown>, where: string): Record<string, unknown> {
    return this.fill(fields, where) as Record<string, unknown>;
  }

  /** `${NAME}` becomes the variable's value; `$${NAME}` stays, without the first `$`. */
  private fill(value: unknown, where: string): unknown {
    if (typeof value === 'string') {
      return value.replace(VARIABLE, (whole, escaped: string | undefined, name: string) => {
        if (escaped !== undefined) return whole.slice(1);
        const set = this.env[name];
        if (set !== undefined) return set;
        throw new CliError(EXIT.usage, this.texts.apply.fault(where, this.texts.apply.noVariable(name)));
      });
    }
    if (Array.isArray(value))
      return value.map((each, index) => this.fill(each, `${where}[${String(index)}]`));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [name, this.fill(each, `${where}.${name}`)]),
    );
  }

  private fail(where: string, what: 'needsObject' | 'needsList' | 'needsText' | 'unknownField'): never {
    throw new CliError(EXIT.usage, this.texts.apply.fault(where, this.texts.apply[what]));
  }
}
