import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Repository, type EntityManager } from 'typeorm';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { SourceEntity, type SourceRow } from './source.entity.js';

/** Why a source was not inserted. */
export type NotInserted = 'too_many' | Taken;
/** What another source has. */
export type Taken = 'external_id_taken' | 'authority_taken';

const AUTHORITY_KEY = 'sources_grpc_authority_key';

@Injectable()
export class SourcesRepository {
  constructor(@InjectRepository(SourceEntity) private readonly rows: Repository<SourceEntity>) {}

  /** @returns null when it was inserted */
  insert(source: SourceRow, max: number): Promise<NotInserted | null> {
    return this.refusingTaken(async (manager) => {
      // One at a time for each app, so that neither limit nor external ids can be passed.
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `sources:${source.appId}`,
      ]);
      const { appId, externalId } = source;
      if ((await manager.countBy(SourceEntity, { appId, deletedAt: IsNull() })) >= max) return 'too_many';
      const isTaken =
        externalId !== null &&
        (await manager.existsBy(SourceEntity, { appId, externalId, deletedAt: IsNull() }));
      if (isTaken) return 'external_id_taken';
      await manager.insert(SourceEntity, source);
      return null;
    });
  }

  find(appId: string, sourceId: string): Promise<SourceRow | null> {
    return this.rows.findOneBy({ appId, sourceId, deletedAt: IsNull() });
  }

  async findIdByExternalId(appId: string, externalId: string): Promise<string | undefined> {
    const where = { appId, externalId, deletedAt: IsNull() };
    return (await this.rows.findOne({ select: { sourceId: true }, where }))?.sourceId;
  }

  /** Newest first; `beforeId` is the last id of the page before. */
  list(appId: string, limit: number, beforeId: string | null): Promise<SourceRow[]> {
    return this.rows.find({
      where: { appId, deletedAt: IsNull(), ...(beforeId !== null && { sourceId: LessThan(beforeId) }) },
      order: { sourceId: 'DESC' },
      take: limit,
    });
  }

  /** @returns null when it was changed */
  update(source: SourceRow, changes: Partial<SourceRow>): Promise<Taken | null> {
    const { appId, sourceId } = source;
    return this.refusingTaken(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`sources:${appId}`]);
      const { externalId } = changes;
      if (externalId != null && externalId !== source.externalId) {
        const isTaken = await manager.existsBy(SourceEntity, { appId, externalId, deletedAt: IsNull() });
        if (isTaken) return 'external_id_taken';
      }
      await manager.update(SourceEntity, { sourceId }, changes);
      return null;
    });
  }

  /** Takes the staged token into use; the present one goes on until `expiresAt`. @returns false: nothing is staged */
  async activateToken(sourceId: string, expiresAt: Date | null): Promise<boolean> {
    const [rows] = await this.rows.query<[unknown[], number]>(
      `UPDATE sources SET
         secret_ciphertext = next_secret_ciphertext, token_hash = next_token_hash,
         next_secret_ciphertext = NULL, next_token_hash = NULL, secret_staged_at = NULL,
         previous_secret_ciphertext = CASE WHEN $2::timestamptz IS NOT NULL THEN secret_ciphertext END,
         previous_token_hash = CASE WHEN $2::timestamptz IS NOT NULL THEN token_hash END,
         previous_secret_expires_at = $2, updated_at = now()
       WHERE source_id = $1 AND next_token_hash IS NOT NULL AND deleted_at IS NULL RETURNING 1`,
      [sourceId, expiresAt],
    );
    return rows.length > 0;
  }

  /** Sources of live apps by the hash of any of their tokens, whether it still counts or not. */
  findByTokens(hashes: readonly Buffer[]): Promise<SourceRow[]> {
    return this.rows
      .createQueryBuilder('s')
      .where(
        '(s.tokenHash IN (:...hashes) OR s.nextTokenHash IN (:...hashes) OR s.previousTokenHash IN (:...hashes))',
      )
      .andWhere('s.deletedAt IS NULL')
      .andWhere('EXISTS (SELECT FROM apps a WHERE a.app_id = s.app_id AND a.deleted_at IS NULL)')
      .setParameters({ hashes })
      .getMany();
  }

  /** Sources of live apps by the authority that calls of gRPC name. */
  findByAuthorities(authorities: readonly string[]): Promise<SourceRow[]> {
    return this.rows
      .createQueryBuilder('s')
      .where("s.settings ->> 'grpcAuthority' IN (:...authorities)", { authorities })
      .andWhere('s.deletedAt IS NULL')
      .andWhere('EXISTS (SELECT FROM apps a WHERE a.app_id = s.app_id AND a.deleted_at IS NULL)')
      .getMany();
  }

  /** Removes what is kept of sources that were deleted. @returns how many requests were removed */
  async removeRequestsOfDeleted(): Promise<number> {
    const [, removed] = await this.rows.query<[unknown, number]>(
      `DELETE FROM source_requests r USING sources s
       WHERE r.source_id = s.source_id AND s.deleted_at IS NOT NULL`,
    );
    return removed;
  }

  private async refusingTaken<T>(
    change: (manager: EntityManager) => Promise<T>,
  ): Promise<T | 'authority_taken'> {
    try {
      return await this.rows.manager.transaction(change);
    } catch (error) {
      if (isUniqueViolation(error, AUTHORITY_KEY)) return 'authority_taken';
      throw error;
    }
  }
}
