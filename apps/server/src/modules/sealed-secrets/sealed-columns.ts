/**
 * Lists every column with values of SecretBox. They are sealed again when SECRETS_KEY changes, counted in the metrics,
 * and checked at the start. A test compares the list with the schema.
 */
export interface SealedColumn {
  table: string;
  column: string;
  /** Names the row in the context its values are sealed under. */
  idColumn: string;
  /** The prefix of the context, before the id. */
  contextPrefix: string;
}

export const SEALED_COLUMNS: readonly SealedColumn[] = [
  ...secretsOf('apps', 'app_id', 'app:'),
  ...secretsOf('webhook_configs', 'webhook_id', 'webhook:'),
  column('webhook_configs', 'client_certificate_ciphertext', 'webhook_id', 'webhook-client-certificate:'),
  column('webhook_configs', 'sealed_settings', 'webhook_id', 'webhook-settings:'),
  column('webhook_revisions', 'sealed_settings', 'webhook_id', 'webhook-settings:'),
  column('webhook_revisions', 'sealed_changes', 'webhook_id', 'webhook-settings:'),
  ...secretsOf('sources', 'source_id', 'source:'),
  column('sources', 'settings_ciphertext', 'source_id', 'source-settings:'),
  column('test_receivers', 'url_ciphertext', 'app_id', 'test-receiver:'),
  column('notification_channels', 'url_ciphertext', 'channel_id', 'notification-channel:'),
  column('notification_channels', 'secret_ciphertext', 'channel_id', 'notification-channel:'),
  column('idempotent_requests', 'content_ciphertext', 'request_id', 'idempotent-request:'),
  column('second_factors', 'secret_ciphertext', 'user_id', 'second-factor:'),
];

/** A secret that is rotated in two steps. */
function secretsOf(table: string, idColumn: string, contextPrefix: string): SealedColumn[] {
  return ['secret_ciphertext', 'next_secret_ciphertext', 'previous_secret_ciphertext'].map((name) =>
    column(table, name, idColumn, contextPrefix),
  );
}

function column(table: string, name: string, idColumn: string, contextPrefix: string): SealedColumn {
  return { table, column: name, idColumn, contextPrefix };
}
