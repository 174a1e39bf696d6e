/** Describes the settings of a source's kind in words. */
import type { Source } from '@im/contracts/api/sources';
import type { MessageKey, Translate } from '../../../i18n/i18n.js';
import { versionName } from './version-name.js';

interface SettingText {
  label: MessageKey;
  text: string;
}

export function settingsOf({ kind, settings }: Source, t: Translate): SettingText[] {
  const orNone = (text: string | null | undefined) => text ?? t('sources.notSet');
  const secret = (isSet: boolean | undefined) => t(isSet ? 'sources.secretSet' : 'sources.notSet');
  const version = versionName(settings.version ?? '', t);
  switch (kind) {
    case 'openim':
      return [{ label: 'sources.version', text: version }];
    case 'wukongim':
      return [
        { label: 'sources.version', text: version },
        ...(settings.grpcAuthority
          ? [{ label: 'sources.form.grpcAuthority' as const, text: settings.grpcAuthority }]
          : []),
      ];
    case 'dootask':
      return [
        { label: 'sources.form.botId', text: orNone(settings.botId) },
        { label: 'sources.form.dootaskAddress', text: orNone(settings.address) },
        { label: 'sources.form.botToken', text: secret(settings.hasBotToken) },
      ];
    case 'tencent-im':
      return [
        { label: 'sources.form.sdkAppId', text: orNone(settings.sdkAppId) },
        { label: 'sources.form.authToken', text: secret(settings.hasAuthToken) },
      ];
  }
}
