/** Creates, changes and deletes notification channels. */
import { Injectable } from '@nestjs/common';
import {
  MAX_CHANNELS,
  type createChannelRequestSchema,
  type updateChannelRequestSchema,
} from '@im/contracts/api/notification-channels';
import { uuidV7 } from '../../platform/crypto/random-pool.js';
import type { z } from 'zod';
import { Clock } from '../../platform/clock/clock.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { DomainError } from '../../platform/errors/domain-error.js';
import { invalidInput } from '../../platform/http-server/parse-input.js';
import { CheckTargetService } from './check-target.service.js';
import { channelSecretContext, type NotificationChannelRow } from './data/notification-channel.entity.js';
import { NotificationChannelsRepository } from './data/notification-channels.repository.js';
import { maskUrl } from './domain/mask-url.js';
import { findNewLogin } from './domain/find-new-login.js';
import { findUnsupportedFields } from './domain/unsupported-fields.js';

type CreateInput = z.output<typeof createChannelRequestSchema>;
type UpdateInput = z.output<typeof updateChannelRequestSchema>;
type Target = Pick<NotificationChannelRow, 'email' | 'maskedUrl' | 'urlCiphertext' | 'secretCiphertext'>;

@Injectable()
export class SaveChannelService {
  constructor(
    private readonly channels: NotificationChannelsRepository,
    private readonly checkTarget: CheckTargetService,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `invalid_input`; `conflict` when the tenant has as many channels as it may have */
  async create(tenantId: string, input: CreateInput, createdBy: string): Promise<NotificationChannelRow> {
    const channelId = uuidV7();
    const now = this.clock.now();
    const channel: NotificationChannelRow = {
      channelId,
      tenantId,
      kind: input.kind,
      name: input.name,
      isEnabled: input.enabled,
      language: input.language,
      minSeverity: input.minSeverity,
      appIds: await this.appIdsOf(tenantId, input.appKeys),
      rules: [...new Set(input.rules)],
      ...(await this.targetOf(channelId, tenantId, input)),
      createdBy,
      createdAt: now,
      updatedAt: now,
    };
    if (!(await this.channels.insert(channel, MAX_CHANNELS))) {
      throw new DomainError(
        'conflict',
        `There are ${String(MAX_CHANNELS)} channels already, the most there may be`,
      );
    }
    return channel;
  }

  /**
   * Absent fields stay; an empty secret or password stays too, `null` removes it.
   *
   * @throws DomainError `invalid_input`, also for fields that the kind of channel does not have, and for another mail
   * server or login without the password
   */
  async update(channel: NotificationChannelRow, input: UpdateInput): Promise<NotificationChannelRow> {
    const { channelId, tenantId, kind } = channel;
    const unsupported = findUnsupportedFields(kind, input);
    if (unsupported.length > 0) {
      throw invalidInput(
        unsupported.map(({ field, message }) => ({ pointer: `/${field}`, code: 'invalid_value', message })),
      );
    }
    refuseToTakePasswordAlong(channel, input);
    const changes: Partial<NotificationChannelRow> = { updatedAt: this.clock.now() };
    if (input.name !== undefined) changes.name = input.name;
    if (input.enabled !== undefined) changes.isEnabled = input.enabled;
    if (input.language !== undefined) changes.language = input.language;
    if (input.minSeverity !== undefined) changes.minSeverity = input.minSeverity;
    if (input.rules !== undefined) changes.rules = [...new Set(input.rules)];
    if (input.appKeys !== undefined) changes.appIds = await this.appIdsOf(tenantId, input.appKeys);
    if (input.url !== undefined) Object.assign(changes, await this.sealedUrl(channel, input.url));
    const secret = kind === 'email' ? input.email?.password : input.secret;
    if (secret) changes.secretCiphertext = this.seal(channelId, secret);
    if (secret === null) changes.secretCiphertext = null;
    if (input.email && channel.email) {
      const { password: _, ...email } = input.email;
      changes.email = { ...channel.email, ...definedOf(email) };
      if (email.host !== undefined) await this.checkTarget.mailHost(email.host, tenantId);
    }
    await this.channels.update(channelId, changes);
    return { ...channel, ...changes };
  }

  private async targetOf(channelId: string, tenantId: string, input: CreateInput): Promise<Target> {
    if (input.kind === 'email') {
      const { password, ...email } = input.email;
      await this.checkTarget.mailHost(email.host, tenantId);
      const secretCiphertext = password ? this.seal(channelId, password) : null;
      return { email, maskedUrl: null, urlCiphertext: null, secretCiphertext };
    }
    const secret = 'secret' in input ? input.secret : null;
    return {
      email: null,
      ...(await this.sealedUrl({ channelId, tenantId }, input.url)),
      secretCiphertext: secret ? this.seal(channelId, secret) : null,
    };
  }

  private async sealedUrl(
    { channelId, tenantId }: Pick<NotificationChannelRow, 'channelId' | 'tenantId'>,
    text: string,
  ): Promise<Pick<Target, 'maskedUrl'> & { urlCiphertext: Buffer }> {
    const url = await this.checkTarget.url(text, tenantId);
    return { maskedUrl: maskUrl(url), urlCiphertext: this.seal(channelId, url) };
  }

  private async appIdsOf(tenantId: string, appKeys: readonly string[]): Promise<string[]> {
    const found = await this.channels.appIdsOf(tenantId, appKeys);
    const unknown = appKeys.flatMap((appKey, index) => (found.has(appKey) ? [] : [index]));
    if (unknown.length > 0) {
      const message = 'is not the AppKey of an app of yours';
      throw invalidInput(
        unknown.map((index) => ({ pointer: `/appKeys/${String(index)}`, code: 'invalid_value', message })),
      );
    }
    return [...new Set(found.values())];
  }

  private seal(channelId: string, secret: string): Buffer {
    return this.secretBox.seal(secret, channelSecretContext(channelId));
  }
}

/** A person who may change a channel must not learn its password by having it sent to a server of their own. */
function refuseToTakePasswordAlong(channel: NotificationChannelRow, { email }: UpdateInput): void {
  if (!email || !channel.email || channel.secretCiphertext === null) return;
  if (email.password !== undefined && email.password !== '') return;
  const changed = findNewLogin(channel.email, email);
  if (changed === undefined) return;
  throw DomainError.invalid({
    pointer: '/email/password',
    code: 'required',
    message: `must be sent again because the ${changed} changes (null removes it)`,
  });
}

/** Drops fields that are undefined, which would overwrite. */
function definedOf<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
