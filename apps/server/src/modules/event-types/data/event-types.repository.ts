import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import { MAX_EVENT_TYPE_VERSIONS, MAX_EVENT_TYPES } from '@im/contracts/api/event-type-constants';
import { DataSource, In, IsNull, LessThan, type EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { DomainError } from '../../../platform/errors/domain-error.js';
import { EventTypeEntity } from './event-type.entity.js';
import { EventTypeVersionEntity } from './event-type-version.entity.js';

/** An event type with the schema and the example of its present version. */
export interface EventTypeRow
  extends
    Omit<EventTypeEntity, 'tenantId' | 'deletedAt'>,
    Pick<EventTypeVersionEntity, 'schema' | 'example'> {}

export type EventTypeVersionRow = Omit<EventTypeVersionEntity, 'tenantId'>;

export type EventTypeContent = Pick<
  EventTypeRow,
  'descriptionZh' | 'descriptionEn' | 'externalId' | 'schema' | 'example'
>;

interface Change {
  by: string;
  at: Date;
}

const COLUMNS = `t.name, t.description_zh AS "descriptionZh", t.description_en AS "descriptionEn",
  t.external_id AS "externalId", t.version, v.schema, v.example, t.created_at AS "createdAt", t.created_by AS "createdBy", t.updated_at AS "updatedAt",
  t.updated_by AS "updatedBy"`;
const LIVE = `event_types t JOIN event_type_versions v USING (tenant_id, name, version)
  WHERE t.tenant_id = $1 AND t.deleted_at IS NULL`;

@Injectable()
export class EventTypesRepository {
  constructor(private readonly dataSource: DataSource) {}

  /** By name. */
  list(tenantId: string, limit: number, afterName: string | null): Promise<EventTypeRow[]> {
    return this.dataSource.query<EventTypeRow[]>(
      `SELECT ${COLUMNS} FROM ${LIVE} AND ($2::text IS NULL OR t.name > $2) ORDER BY t.name LIMIT $3`,
      [tenantId, afterName, limit],
    );
  }

  /** All of them; a tenant has at most {@link MAX_EVENT_TYPES}. */
  summaries(tenantId: string): Promise<Pick<EventTypeEntity, 'name' | 'descriptionZh' | 'descriptionEn'>[]> {
    return this.dataSource.getRepository(EventTypeEntity).find({
      select: { name: true, descriptionZh: true, descriptionEn: true },
      where: { tenantId, deletedAt: IsNull() },
    });
  }

  async find(tenantId: string, name: string): Promise<EventTypeRow | undefined> {
    return findLive(this.dataSource.manager, tenantId, name);
  }

  /** Newest first; of deleted event types too. */
  versions(
    tenantId: string,
    name: string,
    limit: number,
    before: number | null,
  ): Promise<EventTypeVersionRow[]> {
    return this.dataSource.getRepository(EventTypeVersionEntity).find({
      where: { tenantId, name, ...(before !== null && { version: LessThan(before) }) },
      order: { version: 'DESC' },
      take: limit,
    });
  }

  /**
   * After a deletion the version numbers of a name go on, so that a version always names one schema.
   *
   * @throws DomainError `conflict` when the tenant has that one, or has reached its limit, `external_id_taken`
   */
  async create(tenantId: string, name: string, content: EventTypeContent, { by, at }: Change): Promise<void> {
    await this.refusingTakenId(async (manager) => {
      await oneAtATime(manager, tenantId);
      if ((await manager.countBy(EventTypeEntity, { tenantId, deletedAt: IsNull() })) >= MAX_EVENT_TYPES) {
        throw new DomainError(
          'conflict',
          `There may be ${String(MAX_EVENT_TYPES)} event types; delete one first`,
        );
      }
      const { descriptionZh, descriptionEn, externalId } = content;
      const made = await manager.query<{ version: number }[]>(
        `INSERT INTO event_types AS t (tenant_id, name, description_zh, description_en, external_id, version,
           created_at, created_by, updated_at, updated_by)
         VALUES ($1, $2, $3, $4, $7, 1, $5, $6, $5, $6)
         ON CONFLICT (tenant_id, name) DO UPDATE SET description_zh = excluded.description_zh,
           description_en = excluded.description_en, external_id = excluded.external_id, version = t.version + 1, created_at = excluded.created_at,
           created_by = excluded.created_by, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
           deleted_at = NULL
         WHERE t.deleted_at IS NOT NULL
         RETURNING version`,
        [tenantId, name, descriptionZh, descriptionEn, at, by, externalId],
      );
      const version = made[0]?.version;
      if (version === undefined)
        throw new DomainError('conflict', `There is an event type "${name}" already`);
      await addVersion(manager, tenantId, name, version, content, { by, at });
    });
  }

  /**
   * @param before the state that `after` was computed from
   * @returns false, and nothing is changed, when it is no longer as `before`
   * @throws DomainError `not_found`, `external_id_taken`, or `conflict` when it has reached the limit of versions
   */
  async change(
    tenantId: string,
    before: EventTypeRow,
    after: EventTypeContent,
    { by, at }: Change,
  ): Promise<boolean> {
    const { name } = before;
    return this.refusingTakenId(async (manager) => {
      await oneAtATime(manager, tenantId);
      const present = await findLive(manager, tenantId, name);
      if (!present) throw DomainError.notFound('event type');
      if (!isDeepStrictEqual(present, before)) return false;
      const isNewVersion = after.schema !== before.schema;
      const version = before.version + (isNewVersion ? 1 : 0);
      if (version > MAX_EVENT_TYPE_VERSIONS) {
        const most = String(MAX_EVENT_TYPE_VERSIONS);
        throw new DomainError('conflict', `An event type may have ${most} versions; define a new one`);
      }
      const { descriptionZh, descriptionEn, externalId, example } = after;
      const changed = { descriptionZh, descriptionEn, externalId, version, updatedAt: at, updatedBy: by };
      await manager.update(EventTypeEntity, { tenantId, name }, changed);
      if (isNewVersion) await addVersion(manager, tenantId, name, version, after, { by, at });
      else await manager.update(EventTypeVersionEntity, { tenantId, name, version }, { example });
      return true;
    });
  }

  /**
   * @param isNeeded whether webhooks that name it need it: for a built-in name they get the built-in event afterwards
   * @throws DomainError `not_found`, or `conflict` when webhooks that need it name it among their events
   */
  async delete(tenantId: string, name: string, at: Date, isNeeded: boolean): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await oneAtATime(manager, tenantId);
      if (!(await findLive(manager, tenantId, name))) throw DomainError.notFound('event type');
      const webhooks = await manager.query<{ webhook: string; total: number }[]>(
        `SELECT w.name || ' (' || a.name || ')' AS webhook, count(*) OVER () AS total
         FROM webhook_configs w JOIN apps a USING (app_id)
         WHERE a.tenant_id = $1 AND a.deleted_at IS NULL AND w.deleted_at IS NULL AND $2 = ANY(w.events)
         ORDER BY w.webhook_id LIMIT 5`,
        [tenantId, name],
      );
      if (isNeeded && webhooks.length > 0) throw namedBy(name, webhooks);
      await manager.update(EventTypeEntity, { tenantId, name }, { deletedAt: at });
    });
  }

  async findNameByExternalId(tenantId: string, externalId: string): Promise<string | undefined> {
    const where = { tenantId, externalId, deletedAt: IsNull() };
    const rows = this.dataSource.getRepository(EventTypeEntity);
    return (await rows.findOne({ select: { name: true }, where }))?.name;
  }

  /** @throws DomainError `external_id_taken` */
  private async refusingTakenId<T>(work: (manager: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await this.dataSource.transaction(work);
    } catch (error) {
      if (!isUniqueViolation(error, 'event_types_external_id_key')) throw error;
      throw new DomainError('external_id_taken', 'Another event type of the tenant has this external id');
    }
  }

  /** The current versions by name, of each of the tenants. */
  async currentVersions(tenantIds: readonly string[]): Promise<Map<string, ReadonlyMap<string, number>>> {
    const rows = await this.dataSource.getRepository(EventTypeEntity).find({
      select: { tenantId: true, name: true, version: true },
      where: { tenantId: In(tenantIds), deletedAt: IsNull() },
    });
    const versions = new Map(tenantIds.map((tenantId) => [tenantId, new Map<string, number>()]));
    for (const { tenantId, name, version } of rows) versions.get(tenantId)?.set(name, version);
    return versions;
  }

  /** The given names of which the tenant has or had an event type. */
  async everDefinedOf(tenantId: string, names: readonly string[]): Promise<string[]> {
    const rows = await this.dataSource.getRepository(EventTypeEntity).find({
      select: { name: true },
      where: { tenantId, name: In(names) },
    });
    return rows.map(({ name }) => name);
  }

  /** The JSON text of a schema; it never changes. */
  async schemaOf(tenantId: string, name: string, version: number): Promise<string | undefined> {
    const versions = this.dataSource.getRepository(EventTypeVersionEntity);
    const found = await versions.findOne({ select: { schema: true }, where: { tenantId, name, version } });
    return found?.schema;
  }
}

/** Serialises changes of one tenant, so that counts and comparisons stay true until the commit. */
async function oneAtATime(manager: EntityManager, tenantId: string): Promise<void> {
  await manager.query('SELECT 1 FROM tenants WHERE tenant_id = $1 FOR NO KEY UPDATE', [tenantId]);
}

async function findLive(
  manager: EntityManager,
  tenantId: string,
  name: string,
): Promise<EventTypeRow | undefined> {
  const rows = await manager.query<EventTypeRow[]>(`SELECT ${COLUMNS} FROM ${LIVE} AND t.name = $2`, [
    tenantId,
    name,
  ]);
  return rows[0];
}

async function addVersion(
  manager: EntityManager,
  tenantId: string,
  name: string,
  version: number,
  { schema, example }: EventTypeContent,
  { by, at }: Change,
): Promise<void> {
  const made = { createdAt: at, createdBy: by };
  await manager.insert(EventTypeVersionEntity, { tenantId, name, version, schema, example, ...made });
}

function namedBy(name: string, webhooks: { webhook: string; total: number }[]): DomainError {
  const total = webhooks[0]?.total ?? 0;
  const others = total > webhooks.length ? ` and ${String(total - webhooks.length)} more` : '';
  const names = webhooks.map(({ webhook }) => webhook).join(', ') + others;
  return new DomainError(
    'conflict',
    `"${name}" is among the events of ${String(total)} webhooks, remove it there first: ${names}`,
  );
}
