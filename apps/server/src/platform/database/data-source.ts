import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { MIGRATION_LOCK, tryLock } from './advisory-locks.js';
import { createPool, optionsOver } from './pool.js';
import { CreateTables1763712000000 } from './migrations/1763712000000-create-tables.js';
import { AddSecretRotation1763715600000 } from './migrations/1763715600000-add-secret-rotation.js';
import { AddDeliverySettings1763719200000 } from './migrations/1763719200000-add-delivery-settings.js';
import { SplitPendingDeliveries1763722800000 } from './migrations/1763722800000-split-pending-deliveries.js';
import { SearchTheLog1763726400000 } from './migrations/1763726400000-search-the-log.js';
import { AddRetention1763730000000 } from './migrations/1763730000000-add-retention.js';
import { AddWebhookRevisions1763733600000 } from './migrations/1763733600000-add-webhook-revisions.js';
import { AddEventTypes1763737200000 } from './migrations/1763737200000-add-event-types.js';
import { SearchHistories1763740800000 } from './migrations/1763740800000-search-histories.js';
import { AddRecoveries1763744400000 } from './migrations/1763744400000-add-recoveries.js';
import { AddStatistics1763748000000 } from './migrations/1763748000000-add-statistics.js';
import { AddAlertRules1763751600000 } from './migrations/1763751600000-add-alert-rules.js';
import { AddNotificationChannels1763755200000 } from './migrations/1763755200000-add-notification-channels.js';
import { ExplainFailures1763758800000 } from './migrations/1763758800000-explain-failures.js';
import { AddSecondFactorAndTenants1763762400000 } from './migrations/1763762400000-add-second-factor-and-tenants.js';
import { SpaceChannelTests1763766000000 } from './migrations/1763766000000-space-channel-tests.js';
import { KeepWhatWaits1763769600000 } from './migrations/1763769600000-keep-what-waits.js';
import { SplitBatchesAndCountDueDeliveries1763773200000 } from './migrations/1763773200000-split-batches-and-count-due-deliveries.js';
import { CountDeliveriesOfBefore1763773200001 } from './migrations/1763773200001-count-deliveries-of-before.js';
import { ChangeFirstPasswords1763776800000 } from './migrations/1763776800000-change-first-passwords.js';
import { SealWebhookSettings1763776800001 } from './migrations/1763776800001-seal-webhook-settings.js';
import { AddClientCertificates1763780400000 } from './migrations/1763780400000-add-client-certificates.js';
import { AddBodyHmac1763791200000 } from './migrations/1763791200000-add-body-hmac.js';
import { AddSources1763784000000 } from './migrations/1763784000000-add-sources.js';
import { AddBeforeCallbacks1763787600000 } from './migrations/1763787600000-add-before-callbacks.js';
import { AddCallbackReplies1763794800000 } from './migrations/1763794800000-add-callback-replies.js';
import { AddSourceAlerts1763798400000 } from './migrations/1763798400000-add-source-alerts.js';
import { FindEventsOfSources1763802000000 } from './migrations/1763802000000-find-events-of-sources.js';
import { FindChangesOfSpans1763805600000 } from './migrations/1763805600000-find-changes-of-spans.js';
import { AddTestReceivers1763809200000 } from './migrations/1763809200000-add-test-receivers.js';
import { AddPortalLinks1763812800000 } from './migrations/1763812800000-add-portal-links.js';
import { FindProblemsThatWait1763816400000 } from './migrations/1763816400000-find-problems-that-wait.js';
import { OwnApiTokens1763820000000 } from './migrations/1763820000000-own-api-tokens.js';
import { NameThingsExternally1763823600000 } from './migrations/1763823600000-name-things-externally.js';
import { KeepFirstAnswers1763827200000 } from './migrations/1763827200000-keep-first-answers.js';
import { AddTunnels1763838000000 } from './migrations/1763838000000-add-tunnels.js';

/** In the order in which they are applied. */
const MIGRATIONS = [
  CreateTables1763712000000,
  AddSecretRotation1763715600000,
  AddDeliverySettings1763719200000,
  SplitPendingDeliveries1763722800000,
  SearchTheLog1763726400000,
  AddRetention1763730000000,
  AddWebhookRevisions1763733600000,
  AddEventTypes1763737200000,
  SearchHistories1763740800000,
  AddRecoveries1763744400000,
  AddStatistics1763748000000,
  AddAlertRules1763751600000,
  AddNotificationChannels1763755200000,
  ExplainFailures1763758800000,
  AddSecondFactorAndTenants1763762400000,
  SpaceChannelTests1763766000000,
  KeepWhatWaits1763769600000,
  SplitBatchesAndCountDueDeliveries1763773200000,
  CountDeliveriesOfBefore1763773200001,
  ChangeFirstPasswords1763776800000,
  SealWebhookSettings1763776800001,
  AddClientCertificates1763780400000,
  AddSources1763784000000,
  AddBeforeCallbacks1763787600000,
  AddBodyHmac1763791200000,
  AddCallbackReplies1763794800000,
  AddSourceAlerts1763798400000,
  FindEventsOfSources1763802000000,
  FindChangesOfSpans1763805600000,
  AddTestReceivers1763809200000,
  AddPortalLinks1763812800000,
  FindProblemsThatWait1763816400000,
  OwnApiTokens1763820000000,
  NameThingsExternally1763823600000,
  KeepFirstAnswers1763827200000,
  AddTunnels1763838000000,
];

/** One for the lock, one for the migrations. */
const MIGRATION_CONNECTIONS = 2;
const LOCK_RETRY_MS = 100;

/** How the service connects: over a pool of its own. */
export function postgresOptions(databaseUrl: string, poolSize: number) {
  // A statement that outlives its caller only keeps locks; none should take this long.
  return optionsOver(createPool(databaseUrl, poolSize, { statement_timeout: 30_000 }));
}

/** Knows every migration, for applying and reverting them. */
export function migrationDataSource(databaseUrl: string): DataSource {
  return new DataSource({
    ...optionsOver(createPool(databaseUrl, MIGRATION_CONNECTIONS)),
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
  });
}

/**
 * Brings the schema up to date; if several processes start at once, one migrates and the others wait.
 *
 * The lock belongs to a transaction, not to a session: behind a pooler in transaction mode the session changes clients
 * between two statements, a transaction never does. On connections of its own, because a change of a large table may
 * take longer than any statement of normal operation.
 */
export async function migrateDatabase(databaseUrl: string): Promise<void> {
  const dataSource = await migrationDataSource(databaseUrl).initialize();
  try {
    while (!(await migrateAlone(dataSource))) await delay(LOCK_RETRY_MS);
  } finally {
    await dataSource.destroy();
  }
}

/**
 * A process without the lock closes its connection before it tries again, so that a small pooler has one left for the
 * process that migrates.
 *
 * @returns whether the schema is up to date; false: another process is migrating
 */
function migrateAlone(dataSource: DataSource): Promise<boolean> {
  return dataSource.transaction(async (lockHolder) => {
    if (!(await tryLock(lockHolder, MIGRATION_LOCK))) return false;
    await dataSource.runMigrations();
    return true;
  });
}
