import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OpenedSecrets } from '../../../../platform/crypto/opened-secrets.js';
import {
  sourceSettingsContext,
  type SourceSecrets,
  type StoredSourceSettings,
} from '../../data/source.entity.js';
import { MessageSources, type MessageSource } from '../message-sources.js';

interface StoredSource {
  tenantId: string;
  settings: StoredSourceSettings;
  settingsCiphertext: Buffer | null;
  /** The payload of its last message among the requests that are kept. */
  lastMessage: string | null;
}

const VERSION = /^[\w.+-]{1,40}$/;

@Injectable()
export class StoredMessageSources extends MessageSources {
  constructor(
    private readonly dataSource: DataSource,
    private readonly openedSecrets: OpenedSecrets,
  ) {
    super();
  }

  async find(sourceId: string): Promise<MessageSource | null> {
    const [row] = await this.dataSource.query<StoredSource[]>(
      `SELECT tenant_id AS "tenantId", settings, settings_ciphertext AS "settingsCiphertext", (
         SELECT payload FROM source_requests r JOIN events e ON e.event_id = r.event_ids[1]
         WHERE r.source_id = s.source_id AND r.command = 'message' AND cardinality(r.event_ids) > 0
         ORDER BY r.request_id DESC LIMIT 1) AS "lastMessage"
       FROM sources s JOIN apps a USING (app_id)
       WHERE source_id = $1 AND kind = 'dootask' AND s.deleted_at IS NULL AND a.deleted_at IS NULL`,
      [sourceId],
    );
    if (!row) return null;
    const { tenantId, settings, settingsCiphertext, lastMessage } = row;
    const context = sourceSettingsContext(sourceId);
    const secrets =
      settingsCiphertext &&
      (JSON.parse(this.openedSecrets.open(settingsCiphertext, context)) as SourceSecrets);
    return {
      ...{ sourceId, tenantId },
      address: settings.address ?? null,
      botToken: secrets?.botToken ?? null,
      version: versionIn(lastMessage),
    };
  }
}

function versionIn(payload: string | null): string | null {
  try {
    const { extra } = JSON.parse(payload ?? '{}') as { extra?: { dootask?: { version?: unknown } } };
    const version = extra?.dootask?.version;
    return typeof version === 'string' && VERSION.test(version) ? version : null;
  } catch {
    return null;
  }
}
