/** Names a version of an IM server in words; numbers speak for themselves, as do versions of a newer server. */
import type { Translate } from '../../../i18n/i18n.js';

export function versionName(version: string, t: Translate): string {
  if (version === 'main') return t('sources.form.versionMain');
  return version === 'current' ? t('sources.form.versionCurrent') : version;
}
