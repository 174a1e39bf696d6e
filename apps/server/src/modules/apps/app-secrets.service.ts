import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { OpenedSecrets } from '../../platform/crypto/opened-secrets.js';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import type { AppCredential } from './app-credential.js';
import { liveSecretsOf, type LiveKeys } from './domain/secret-rotation.js';
import { FindAppService } from './find-app.service.js';

const SECRET_BYTES = 32;

/** Makes, seals and opens AppSecrets; the only code that knows how they are stored. */
@Injectable()
export class AppSecretsService {
  constructor(
    private readonly findApp: FindAppService,
    private readonly secretBox: SecretBox,
    private readonly openedSecrets: OpenedSecrets,
    private readonly clock: Clock,
  ) {}

  /**
   * Finds the current signing keys of an app; undefined when there is no such app.
   *
   * @throws Error when they cannot be opened
   */
  async keysOf(appId: string): Promise<LiveKeys | undefined> {
    const app = (await this.findApp.byIds([appId])).get(appId);
    return app && this.open(app);
  }

  create(appId: string): { appSecret: string; secretCiphertext: Buffer } {
    const appSecret = `as_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    return { appSecret, secretCiphertext: this.secretBox.seal(appSecret, contextOf(appId)) };
  }

  open(credential: AppCredential): LiveKeys {
    const { current, next, previous } = liveSecretsOf(credential, this.clock.now());
    const context = contextOf(credential.appId);
    return {
      current: this.openedSecrets.open(current, context),
      next: next && this.openedSecrets.open(next, context),
      previous: previous && this.openedSecrets.open(previous, context),
    };
  }
}

function contextOf(appId: string): string {
  return `app:${appId}`;
}
