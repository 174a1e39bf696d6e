import type { App } from '@im/contracts/api/apps';
import type { AppRow } from './data/app.entity.js';
import { describeRotation } from './domain/secret-rotation.js';

/** Presents an app as the API shows it. */
export type ShownApp = Omit<
  AppRow,
  'secretCiphertext' | 'nextSecretCiphertext' | 'previousSecretCiphertext' | 'deletedAt'
>;

export function presentApp(app: ShownApp, now: Date): App {
  return {
    appKey: app.appKey,
    name: app.name,
    packageName: app.packageName,
    description: app.description,
    externalId: app.externalId,
    retention: { eventsDays: app.retainEventsDays, logsDays: app.retainLogsDays },
    secretRotation: describeRotation(app, now),
    createdAt: app.createdAt.toISOString(),
    updatedAt: app.updatedAt.toISOString(),
  };
}
