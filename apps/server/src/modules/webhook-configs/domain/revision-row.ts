/** Describes revisions of webhooks as they are stored. */
import type {
  RevisionKind,
  SettingChange,
  WebhookSettingsSnapshot,
} from '@im/contracts/api/webhook-revisions';

export interface RevisionRow {
  webhookId: string;
  revision: number;
  at: Date;
  by: string;
  kind: RevisionKind;
  changes: SettingChange[];
  /** URL and headers as far as they are not sealed. */
  settings: WebhookSettingsSnapshot;
  sealedSettings: Buffer | null;
  /** Changes of URL and headers in full; null: there are none, or changes has them in clear. */
  sealedChanges: Buffer | null;
}

/** A webhook at an instant. */
export type WebhookAt =
  | { webhookId: string; createdAt: Date; state: 'not_yet_created' }
  /** With the revision in force; of a deleted webhook its last one. */
  | { webhookId: string; createdAt: Date; state: 'there' | 'deleted'; revision: RevisionRow };
