import type { Source } from '@im/contracts/api/sources';
import { expect, it } from 'vitest';
import { translate } from '../../../i18n/i18n.js';
import { sampleSource } from '../../../testing/sample-source.js';
import { settingsOf } from './settings-text.js';

it.each<[Source['kind'], Source['settings'], string[]]>([
  ['openim', { version: '3.8' }, ['3.8']],
  ['openim', { version: '4.0' }, ['4.0']],
  ['wukongim', { version: 'v3', grpcAuthority: null }, ['v3']],
  ['wukongim', { version: 'v2', grpcAuthority: 'hooks:6979' }, ['v2', 'hooks:6979']],
  ['dootask', { botId: '7', address: null, hasBotToken: true }, ['7', '未填写', '已填写']],
  ['tencent-im', { sdkAppId: null, hasAuthToken: false }, ['未填写', '未填写']],
])('settings of %s are described without secrets: %o', (kind, settings, wanted) => {
  const texts = settingsOf(sampleSource({ kind, settings }), translate).map(({ text }) => text);
  expect(texts).toEqual(wanted);
});
