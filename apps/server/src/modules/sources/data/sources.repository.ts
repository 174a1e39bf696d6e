import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, IsNull, LessThan, Repository } from 'typeorm';
import { SourceEntity, type SourceRow } from './source.entity.js';

/** Why a source was not inserted. */
export type NotInserted = 'too_many' | 'external_id_taken';

@Injectable()
export class SourcesRepository {
  constructor(@InjectRepository(SourceEntity) private readonly rows: Repository<SourceEntity>) {}

  /** @returns null when it was inserted */
  insert(source: SourceRow, max: number): Promise<NotInserted | null> {
    return this.rows.manager.transaction(async (manager) => {
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

  findByExternalId(appId: string, externalId: string): Promise<SourceRow | null> {
    return this.rows.findOneBy({ appId, externalId, deletedAt: IsNull() });
  }

  /** Newest first; `beforeId` is the last id of the page before. */
  list(appId: string, limit: number, beforeId: string | null): Promise<SourceRow[]> {
    return this.rows.find({
      where: { appId, deletedAt: IsNull(), ...(beforeId !== null && { sourceId: LessThan(beforeId) }) },
      order: { sourceId: 'DESC' },
      take: limit,
    });
  }

  /** @returns false when another source of the app has the external id */
  async update(source: SourceRow, changes: Partial<SourceRow>): Promise<boolean> {
    const { appId, sourceId } = source;
    return this.rows.manager.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`sources:${appId}`]);
      const { externalId } = changes;
      if (externalId != null && externalId !== source.externalId) {
        if (await manager.existsBy(SourceEntity, { appId, externalId, deletedAt: IsNull() })) return false;
      }
      await manager.update(SourceEntity, { sourceId }, changes);
      return true;
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

  /** Sources by the hash of any of their tokens, whether it still counts or not. */
  findByTokens(hashes: readonly Buffer[]): Promise<SourceRow[]> {
    const among = In([...hashes]);
    return this.rows.find({
      where: [
        { tokenHash: among, deletedAt: IsNull() },
        { nextTokenHash: among, deletedAt: IsNull() },
        { previousTokenHash: among, deletedAt: IsNull() },
      ],
    });
  }
}
