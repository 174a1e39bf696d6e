import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SecretBox } from '../../platform/crypto/secret-box.js';
import { AppCredentialsRepository, type AppCredential } from './data/app-credentials.repository.js';

type SealedSecret = Pick<AppCredential, 'appId' | 'secretCiphertext'>;

const SECRET_BYTES = 32;
/** Opened secrets kept; far more than the apps one process meets in practice, yet bounded. */
const MAX_OPENED = 10_000;

/** Makes, seals and opens AppSecrets; nothing else knows how they are kept. */
@Injectable()
export class AppSecretsService {
  /** By app; an entry is good only for the very ciphertext it was opened from. */
  private readonly opened = new Map<string, { ciphertext: Buffer; appSecret: string }>();

  constructor(
    private readonly credentials: AppCredentialsRepository,
    private readonly secretBox: SecretBox,
  ) {}

  /** The keys that sign for these apps, by app id; one query for all. Unknown ids are absent from the answer. */
  async secretsOf(appIds: string[]): Promise<Map<string, { appKey: string; appSecret: string }>> {
    const rows = await this.credentials.findByIds([...new Set(appIds)]);
    return new Map(rows.map((row) => [row.appId, { appKey: row.appKey, appSecret: this.open(row) }]));
  }

  create(appId: string): { appSecret: string; secretCiphertext: Buffer } {
    const appSecret = `as_${randomBytes(SECRET_BYTES).toString('base64url')}`;
    return { appSecret, secretCiphertext: this.secretBox.seal(appSecret, contextOf(appId)) };
  }

  open({ appId, secretCiphertext }: SealedSecret): string {
    const known = this.opened.get(appId);
    if (known?.ciphertext.equals(secretCiphertext)) return known.appSecret;
    const appSecret = this.secretBox.open(secretCiphertext, contextOf(appId));
    if (this.opened.size >= MAX_OPENED) this.opened.clear();
    this.opened.set(appId, { ciphertext: secretCiphertext, appSecret });
    return appSecret;
  }
}

function contextOf(appId: string): string {
  return `app:${appId}`;
}
