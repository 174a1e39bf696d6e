import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditSubject, ListedAuditEntry } from '@im/contracts/api/audit';
import { AuditSubjectsRepository, type AuditedThing } from './data/audit-subjects.repository.js';
import { allSubjectIds, subjectIdsOf } from './domain/subject-ids.js';

/** Adds to entries what they are about, so that a reader sees names in place of ids. */
@Injectable()
export class NameAuditSubjectsService {
  constructor(private readonly subjects: AuditSubjectsRepository) {}

  /** @param entries of one page */
  async name(tenantId: string, entries: readonly AuditEntry[]): Promise<ListedAuditEntry[]> {
    const ids = allSubjectIds(entries);
    const things = await this.subjects.things(tenantId, ids);
    const found = [...things.values()];
    const names = await this.subjects.names(
      tenantId,
      [...ids.webhooks, ...found.flatMap(({ webhookId }) => webhookId ?? [])],
      [...ids.sources, ...found.flatMap(({ sourceId }) => sourceId ?? [])],
    );
    return entries.map((entry) => ({ ...entry, subject: subjectOf(entry, things, names) }));
  }
}

function subjectOf(
  entry: AuditEntry,
  things: ReadonlyMap<string, AuditedThing>,
  names: ReadonlyMap<string, string>,
): AuditSubject {
  const ids = subjectIdsOf(entry);
  const thing = things.get([...ids.deliveries, ...ids.events, ...ids.alerts][0] ?? '');
  const named = (id: string | null | undefined) => {
    const name = id === null || id === undefined ? undefined : names.get(id);
    return name === undefined ? { id: null, name: null } : { id: id ?? null, name };
  };
  const webhook = named(thing?.webhookId ?? ids.webhooks[0]);
  const source = named(thing?.sourceId ?? ids.sources[0]);
  return {
    event: thing?.event ?? null,
    rule: thing?.rule ?? null,
    webhookId: webhook.id,
    webhookName: webhook.name,
    sourceId: source.id,
    sourceName: source.name,
  };
}
