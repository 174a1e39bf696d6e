/** Provides the first admin's password: given, or made at the first start and kept in DATA_DIR for its owner only. */
import { randomInt } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { keepSecret, readTextIfPresent } from '../private-files.js';
import type { LaunchSettings } from './launch-settings.js';

/** Without letters and digits that look alike. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyzACDEFGHJKLMNPQRSTUVWXYZ2345679';
const PASSWORD_LENGTH = 16;

export interface FirstAdmin {
  email: string;
  password: string;
  /** Where the password is kept; null when it was given. */
  file: string | null;
  /** Made by this start, and not shown yet. */
  isNew: boolean;
}

export async function prepareFirstAdmin(settings: LaunchSettings): Promise<FirstAdmin> {
  const { adminEmail: email, adminPassword, dataDir } = settings;
  if (adminPassword !== undefined) return { email, password: adminPassword, file: null, isNew: false };
  const file = path.join(dataDir, 'admin-password');
  const kept = await keepSecret(file, () =>
    Array.from({ length: PASSWORD_LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join(''),
  );
  return { email, password: kept.value, file, isNew: kept.isNew };
}

/** Removes a stored password that does not work. */
export async function removeUselessPassword(admin: FirstAdmin): Promise<void> {
  if (admin.file !== null && (await readTextIfPresent(admin.file)) === admin.password) await rm(admin.file);
}
