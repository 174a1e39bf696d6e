/** Lists the keys of OpenIM's webhooks.yml, of each version, in the order of the file that it ships. */
import { OPENIM_COMMANDS } from '../mapping/commands.js';
import type { SourceVersion } from '@im/contracts/api/source-constants';

export type OpenimVersion = Extract<SourceVersion, 'main' | '3.8' | '3.7'>;

/** Filters of messages: numbers on main, texts with ranges in 3.8, none in 3.7. */
type Filter = 'types' | 'types and ids';

export interface ConfigKey {
  key: string;
  phase: 'before' | 'after';
  since: '3.8' | '3.8.4' | null;
  filters: Readonly<Partial<Record<OpenimVersion, Filter>>>;
  /** No version sends it. */
  isDead: boolean;
}

const BOTH: ConfigKey['filters'] = { main: 'types and ids', '3.8': 'types and ids' };
const TYPES: ConfigKey['filters'] = { main: 'types', '3.8': 'types' };
const FILTERS: Readonly<Record<string, ConfigKey['filters']>> = {
  beforeSendSingleMsg: TYPES,
  beforeSendGroupMsg: TYPES,
  beforeMsgModify: TYPES,
  afterSendSingleMsg: BOTH,
  afterSendGroupMsg: { main: 'types and ids', '3.8': 'types' },
};

/** It is in the file, and no code sends it. */
const WITHOUT_COMMAND = 'afterGroupMsgRevoke';
const NEVER_CALLED = 'afterUserKickOff';

export const CONFIG_KEYS: readonly ConfigKey[] = [
  ...OPENIM_COMMANDS.map(({ configKey, phase, since }) => ({
    key: configKey,
    phase,
    // The key is older than the command that it stands for now.
    since: configKey === 'beforeMemberJoinGroup' ? null : since,
    filters: FILTERS[configKey] ?? {},
    isDead: configKey === NEVER_CALLED,
  })),
  { key: WITHOUT_COMMAND, phase: 'after', since: null, filters: {}, isDead: true },
];

export function keysOf(version: OpenimVersion): readonly ConfigKey[] {
  return CONFIG_KEYS.filter(({ since }) => {
    if (since === '3.8.4') return version === 'main';
    return since === null || version !== '3.7';
  });
}

/** OpenIM's reader of settings does not look at the case of keys. */
const byName = new Map(CONFIG_KEYS.map((key) => [key.key.toLowerCase(), key]));

export function findKey(name: string): ConfigKey | undefined {
  return byName.get(name.toLowerCase());
}

/** What one event may be given. */
export const INNER_KEYS = [
  'enable',
  'timeout',
  'failedContinue',
  'deniedTypes',
  'allowedTypes',
  'attentionIds',
] as const;
