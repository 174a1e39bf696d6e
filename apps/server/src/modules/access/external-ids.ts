/** Puts the ids of things into a path that names them by external ids: `/apps/ext:shop-1/webhooks/ext:orders`. */
import { Injectable } from '@nestjs/common';
import { externalIdSchema } from '@im/contracts/api/common';
import { EXTERNAL_ID_PREFIX, type PathParameters } from './read-path.js';

/** Where an external id is unique. */
export interface ExternalIdScope {
  tenantId: string;
  /** Empty on paths without an app. */
  appId: string;
}

/** The part of a path that names a thing, with its parameter. */
export type ExternallyNamed =
  | '/webhooks/{webhookId}'
  | '/sources/{sourceId}'
  | '/event-types/{eventName}'
  | '/event-type-usage/{eventName}';
type Find = (scope: ExternalIdScope, externalId: string) => Promise<string | undefined>;

/** The modules that own the things say how they are found, so that access depends on none of them. */
@Injectable()
export class ExternalIds {
  private readonly finders = new Map<ExternallyNamed, Find>();

  /** @param find the id of the thing with an external id; undefined: there is none */
  add(named: ExternallyNamed, find: Find): void {
    this.finders.set(named, find);
  }

  /** Replaces what begins with `ext:`. What is not found stays: as an id it exists as little. */
  async replaceIn(parameters: PathParameters, path: string, scope: ExternalIdScope): Promise<void> {
    for (const [named, find] of this.finders) {
      const parameter = parameterOf(named);
      const text = parameters[parameter];
      if (!isExternal(text) || !path.includes(named)) continue;
      const externalId = externalIdSchema.safeParse(text.slice(EXTERNAL_ID_PREFIX.length));
      const id = externalId.success ? await find(scope, externalId.data) : undefined;
      if (id !== undefined) parameters[parameter] = id;
    }
  }
}

/** Whether anything but the app, which is found before, is named by an external id. */
export function hasExternalId({ webhookId, sourceId, eventName }: PathParameters): boolean {
  return isExternal(webhookId) || isExternal(sourceId) || isExternal(eventName);
}

function isExternal(text: string | undefined): text is string {
  return text?.startsWith(EXTERNAL_ID_PREFIX) ?? false;
}

function parameterOf(named: ExternallyNamed): 'webhookId' | 'sourceId' | 'eventName' {
  if (named === '/webhooks/{webhookId}') return 'webhookId';
  return named === '/sources/{sourceId}' ? 'sourceId' : 'eventName';
}
