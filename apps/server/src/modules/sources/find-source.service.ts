/** Finds the source of a token, cached until the configuration changes. */
import { hash } from 'node:crypto';
import { BlockList } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { SourceKind } from '@im/contracts/api/source-constants';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { ConfigCache } from '../../platform/database/config-cache.js';
import { ConfigVersion } from '../../platform/database/config-version.js';
import type { AppCredential } from '../apps/app-credential.js';
import { FindAppService } from '../apps/find-app.service.js';
import { sourceSettingsContext, type SourceRow, type SourceSecrets } from './data/source.entity.js';
import { SourcesRepository } from './data/sources.repository.js';
import { blockListOf, contains } from './sender-addresses.js';
import type { OpenedSourceSettings } from './source-kind.js';

/** A source as far as receiving depends on it. */
export interface ReceivingSource {
  sourceId: string;
  appId: string;
  tenantId: string;
  appKey: string;
  kind: SourceKind;
  isEnabled: boolean;
  isTenantSuspended: boolean;
  /** null: its secrets cannot be opened, so nothing can be checked with them. */
  settings: OpenedSourceSettings | null;
  /** null: every address may send. */
  senders: BlockList | null;
  /** The end of the overlap after a rotation, by the hash of the token that ends then. */
  previousToken: { hash: Buffer; expiresAt: Date } | null;
}

const MAX_AUTHORITY_LENGTH = 255;

export interface FoundSource {
  source: ReceivingSource;
  /** The source is cached with this configuration, and by now there may be another one. Absent: it was just checked. */
  configVersion?: number;
}

export function tokenHashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}

@Injectable()
export class FindSourceService {
  private readonly byHash: ConfigCache<ReceivingSource>;
  private readonly byName: ConfigCache<ReceivingSource>;

  constructor(
    private readonly sources: SourcesRepository,
    private readonly apps: FindAppService,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
    private readonly version: ConfigVersion,
  ) {
    this.byHash = new ConfigCache(version, (hashes) => this.load(hashes));
    this.byName = new ConfigCache(version, (authorities) => this.loadByAuthority(authorities));
  }

  /** @returns undefined: no source has the token, or no longer */
  async byToken(kind: string, token: string): Promise<ReceivingSource | undefined> {
    const hash = tokenHashOf(token);
    return this.opened(await this.byHash.get(hash.toString('hex')), kind, hash);
  }

  /** As {@link byToken}, but without a query where the source is cached: its version is to be checked later. */
  async byCachedToken(kind: string, token: string): Promise<FoundSource | undefined> {
    const hash = tokenHashOf(token);
    const configVersion = this.version.current;
    const cached = this.opened(this.byHash.peek(hash.toString('hex')), kind, hash);
    if (cached) return { source: cached, configVersion };
    const source = await this.byToken(kind, token);
    return source && { source };
  }

  private opened(
    source: ReceivingSource | undefined,
    kind: string,
    hash: Buffer,
  ): ReceivingSource | undefined {
    if (source?.kind !== kind) return undefined;
    const { previousToken } = source;
    const isOver = previousToken?.hash.equals(hash) && previousToken.expiresAt <= this.clock.now();
    return isOver ? undefined : source;
  }

  /** The source of a call of gRPC, which carries no token. */
  byAuthority(authority: string): Promise<ReceivingSource | undefined> {
    return this.byName.get(authority.slice(0, MAX_AUTHORITY_LENGTH));
  }

  /** Whether the address may send to the source. */
  maySend({ senders }: ReceivingSource, ip: string): boolean {
    return senders === null || contains(senders, ip);
  }

  open(row: SourceRow): OpenedSourceSettings {
    const { settings, settingsCiphertext, sourceId } = row;
    if (settingsCiphertext === null) return settings;
    const json = this.openedSecrets.open(settingsCiphertext, sourceSettingsContext(sourceId));
    return { ...settings, ...(JSON.parse(json) as SourceSecrets) };
  }

  /** A source that was just read, as a request of it would find it. */
  async byRow(row: SourceRow): Promise<ReceivingSource> {
    const app = (await this.apps.byIds([row.appId])).get(row.appId);
    if (!app) throw new Error('A source belongs to an app');
    return this.toReceive(row, app);
  }

  private async load(hashes: readonly string[]): Promise<Map<string, ReceivingSource>> {
    const rows = await this.sources.findByTokens(hashes.map((hash) => Buffer.from(hash, 'hex')));
    const apps = await this.apps.byIds(new Set(rows.map(({ appId }) => appId)));
    const found = new Map<string, ReceivingSource>();
    for (const row of rows) {
      const app = apps.get(row.appId);
      if (!app) continue;
      const source = this.toReceive(row, app);
      for (const hash of [row.tokenHash, row.nextTokenHash, row.previousTokenHash]) {
        if (hash) found.set(hash.toString('hex'), source);
      }
    }
    return found;
  }

  private async loadByAuthority(authorities: readonly string[]): Promise<Map<string, ReceivingSource>> {
    const rows = await this.sources.findByAuthorities(authorities);
    const apps = await this.apps.byIds(new Set(rows.map(({ appId }) => appId)));
    return new Map(
      rows.flatMap((row) => {
        const app = apps.get(row.appId);
        const authority = row.settings.grpcAuthority;
        return app && authority ? [[authority, this.toReceive(row, app)] as const] : [];
      }),
    );
  }

  /** One source that cannot be opened must not fail the look-up of others. */
  private openOrNull(row: SourceRow): OpenedSourceSettings | null {
    try {
      return this.open(row);
    } catch {
      return null;
    }
  }

  private toReceive(row: SourceRow, app: AppCredential): ReceivingSource {
    const { previousTokenHash: hash, previousSecretExpiresAt: expiresAt } = row;
    return {
      sourceId: row.sourceId,
      appId: row.appId,
      tenantId: app.tenantId,
      appKey: app.appKey,
      kind: row.kind,
      isEnabled: row.isEnabled,
      isTenantSuspended: app.isTenantSuspended,
      settings: this.openOrNull(row),
      senders: row.allowedCidrs.length === 0 ? null : blockListOf(row.allowedCidrs),
      previousToken: hash && expiresAt ? { hash, expiresAt } : null,
    };
  }
}
