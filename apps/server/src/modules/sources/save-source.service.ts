/** Creates, changes and deletes sources, and rotates their tokens. */
import { Injectable } from '@nestjs/common';
import { MAX_SOURCES, type SourceKind } from '@im/contracts/api/source-constants';
import {
  SOURCE_SETTINGS,
  type SourceToCreate,
  type updateSourceRequestSchema,
} from '@im/contracts/api/sources';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { randomHex, uuidV7 } from '../../platform/crypto/random-pool.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { fieldErrorsOf } from '../../platform/http-server/field-errors.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import {
  sourceSettingsContext,
  sourceTokenContext,
  type SourceRow,
  type SourceSecrets,
} from './data/source.entity.js';
import { SourcesRepository, type Taken } from './data/sources.repository.js';
import { isCidr } from './sender-addresses.js';
import { FindSourceService, tokenHashOf } from './find-source.service.js';

/** 192 bits cannot be guessed, and DooTask's limit of 255 bytes for an address is kept. */
const TOKEN_BYTES = 24;
/** The fields of settings that are sealed. */
const SECRET_FIELDS = ['botToken', 'authToken'] as const satisfies (keyof SourceSecrets)[];

type UpdateInput = z.output<typeof updateSourceRequestSchema>;
type GivenSettings = Readonly<Record<string, unknown>>;

@Injectable()
export class SaveSourceService {
  constructor(
    private readonly sources: SourcesRepository,
    private readonly find: FindSourceService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input`; `conflict` when there are too many, `external_id_taken` */
  async create(
    appId: string,
    input: SourceToCreate,
    createdBy: string,
  ): Promise<{ source: SourceRow; token: string }> {
    const sourceId = uuidV7();
    const now = this.clock.now();
    const { token, ...sealedToken } = this.newToken(sourceId);
    refuseBadAddresses(input.allowedCidrs);
    const source: SourceRow = {
      sourceId,
      appId,
      kind: input.kind,
      name: input.name,
      isEnabled: input.enabled,
      ...this.settingsOf(sourceId, input.settings, {}),
      allowedCidrs: input.allowedCidrs,
      externalId: input.externalId,
      secretCiphertext: sealedToken.ciphertext,
      tokenHash: sealedToken.hash,
      ...{ nextSecretCiphertext: null, nextTokenHash: null, secretStagedAt: null },
      ...{ previousSecretCiphertext: null, previousTokenHash: null, previousSecretExpiresAt: null },
      lastReceivedAt: null,
      resumedAt: null,
      createdBy,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    };
    const failure = await this.sources.insert(source, MAX_SOURCES);
    if (failure === 'too_many') {
      throw new DomainError(
        'conflict',
        `There are ${String(MAX_SOURCES)} sources already, the most an app may have`,
      );
    }
    if (failure) throw taken(failure);
    return { source, token };
  }

  /** @throws DomainError `invalid_input`, also for settings that the kind does not have; `conflict` */
  async update(source: SourceRow, input: UpdateInput): Promise<SourceRow> {
    if (input.allowedCidrs) refuseBadAddresses(input.allowedCidrs);
    const changes: Partial<SourceRow> = { updatedAt: this.clock.now() };
    if (input.name !== undefined) changes.name = input.name;
    if (input.enabled !== undefined) changes.isEnabled = input.enabled;
    if (input.enabled === true && !source.isEnabled) changes.resumedAt = this.clock.now();
    if (input.allowedCidrs !== undefined) changes.allowedCidrs = input.allowedCidrs;
    if (input.externalId !== undefined) changes.externalId = input.externalId;
    if (input.settings !== undefined) {
      const given = readSettings(source.kind, input.settings);
      Object.assign(changes, this.settingsOf(source.sourceId, given, { ...this.find.open(source) }));
    }
    const failure = await this.sources.update(source, changes);
    if (failure) throw taken(failure);
    return { ...source, ...changes };
  }

  async delete(source: SourceRow): Promise<void> {
    await this.sources.update(source, { deletedAt: this.clock.now() });
  }

  /** Makes the next token, in place of one staged before; both are accepted from now on. */
  async stageToken(source: SourceRow): Promise<{ source: SourceRow; token: string }> {
    const { token, ciphertext, hash } = this.newToken(source.sourceId);
    const now = this.clock.now();
    const changes = {
      nextSecretCiphertext: ciphertext,
      nextTokenHash: hash,
      secretStagedAt: now,
      updatedAt: now,
    };
    await this.sources.update(source, changes);
    return { source: { ...source, ...changes }, token };
  }

  /** @throws DomainError `conflict` when none is staged */
  async activateToken(source: SourceRow, overlapSeconds: number): Promise<SourceRow> {
    const expiresAt = overlapSeconds > 0 ? new Date(this.clock.nowMs() + overlapSeconds * 1000) : null;
    if (!(await this.sources.activateToken(source.sourceId, expiresAt))) {
      throw new DomainError('conflict', 'No next token is staged');
    }
    const activated = await this.sources.find(source.appId, source.sourceId);
    if (!activated) throw DomainError.notFound('source');
    return activated;
  }

  /** The present token, opened. */
  tokenOf({ sourceId, secretCiphertext }: SourceRow): string {
    return this.secretBox.open(secretCiphertext, sourceTokenContext(sourceId));
  }

  private newToken(sourceId: string): { token: string; ciphertext: Buffer; hash: Buffer } {
    const token = randomHex(TOKEN_BYTES);
    return {
      token,
      ciphertext: this.secretBox.seal(token, sourceTokenContext(sourceId)),
      hash: tokenHashOf(token),
    };
  }

  /** @param present the settings that absent fields keep */
  private settingsOf(
    sourceId: string,
    given: GivenSettings,
    present: GivenSettings,
  ): Pick<SourceRow, 'settings' | 'settingsCiphertext'> {
    const settings: Record<string, unknown> = { ...present };
    for (const [name, value] of Object.entries(given)) {
      const isKept = value === undefined || (value === '' && SECRET_FIELDS.some((field) => field === name));
      if (!isKept) settings[name] = value;
    }
    const secrets: Record<string, unknown> = {};
    for (const field of SECRET_FIELDS) {
      if (typeof settings[field] === 'string') secrets[field] = settings[field];
      Reflect.deleteProperty(settings, field);
    }
    const hasSecrets = Object.keys(secrets).length > 0;
    return {
      settings: settings,
      settingsCiphertext: hasSecrets
        ? this.secretBox.seal(JSON.stringify(secrets), sourceSettingsContext(sourceId))
        : null,
    };
  }
}

/** @returns the settings that are named, checked as those of the kind; others stay as they are */
function readSettings(kind: SourceKind, given: GivenSettings): GivenSettings {
  const parsed = SOURCE_SETTINGS[kind].partial().safeParse(given, { reportInput: true });
  if (!parsed.success) throw invalidInput(fieldErrorsOf(parsed.error, '/settings'));
  // Defaults are for creating: what was not named stays.
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => Object.hasOwn(given, name)));
}

function refuseBadAddresses(cidrs: readonly string[]): void {
  const faults = cidrs.flatMap((cidr, index) => (isCidr(cidr) ? [] : [index]));
  if (faults.length === 0) return;
  const message = 'must be an address or a range such as 10.0.0.0/8';
  throw invalidInput(
    faults.map((index) => ({ pointer: `/allowedCidrs/${String(index)}`, code: 'invalid_format', message })),
  );
}

function taken(what: Taken): DomainError {
  return what === 'external_id_taken'
    ? new DomainError('external_id_taken', 'Another source of the app has this external id')
    : new DomainError('conflict', 'Another source has this gRPC authority; each server needs one of its own');
}
