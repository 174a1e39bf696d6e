/** Composes the webhooks.yml that makes OpenIM send to a source, for each of its versions. */
import type { SourceSnippet } from '@im/contracts/api/sources';
import { SOURCE_VERSIONS } from '@im/contracts/api/source-constants';
import type { OpenedSourceSettings } from '../../source-kind.js';
import { keysOf, type ConfigKey, type OpenimVersion } from './keys.js';
import { notesOf } from './snippet-notes.js';

const TIMEOUT_S = 5;
/** Enabling it beside the two commands of sending would send each message twice. */
const ALTERNATIVE = 'afterMsgSaveDB';

export function snippetOf(
  url: string,
  version: string | undefined,
  settings: OpenedSourceSettings,
): SourceSnippet {
  const chosen = versionOf(version) ?? versionOf(settings.version) ?? 'main';
  return {
    version: chosen,
    versions: [...SOURCE_VERSIONS.openim],
    file: 'config/webhooks.yml',
    language: 'yaml',
    snippet: yamlOf(url.replace(/\/+$/, ''), chosen),
    notes: notesOf(chosen),
  };
}

function versionOf(version: string | undefined): OpenimVersion | undefined {
  return SOURCE_VERSIONS.openim.find((each) => each === version);
}

function yamlOf(url: string, version: OpenimVersion): string {
  const keys = keysOf(version);
  const after = keys.filter(({ phase }) => phase === 'after');
  const before = keys.filter(({ phase }) => phase === 'before');
  return [
    '# The whole file: nothing above url, no slash at its end.',
    `url: ${url}`,
    '',
    '# Events: told afterwards, answered at once.',
    ...after.flatMap((key) => entryOf(key, version)),
    '',
    '# Questions: OpenIM waits for the answer. Enable one when a webhook answers it.',
    ...before.flatMap((key) => entryOf(key, version)),
    '',
  ].join('\n');
}

function entryOf({ key, phase, filters, isDead }: ConfigKey, version: OpenimVersion): string[] {
  const isEnabled = phase === 'after' && !isDead && key !== ALTERNATIVE;
  const filter = filters[version];
  return [
    `${key}:`,
    `  enable: ${String(isEnabled)}${commentOf(key, isDead)}`,
    `  timeout: ${String(TIMEOUT_S)}`,
    ...(filter === 'types and ids' ? ['  attentionIds: []'] : []),
    ...(filter !== undefined && version === '3.8' ? ['  allowedTypes: []'] : []),
    ...(filter === undefined ? [] : ['  deniedTypes: []']),
  ];
}

function commentOf(key: string, isDead: boolean): string {
  if (isDead) return ' # never sent by OpenIM';
  return key === ALTERNATIVE ? ' # or this instead of afterSendSingleMsg and afterSendGroupMsg' : '';
}
