/** Checks the settings of one event in a webhooks.yml. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import { checkAttentionIds, checkTypes } from './check-filters.js';
import { finding, quoted, type ConfigFile, type Entry } from './config-file.js';
import { INNER_KEYS, type ConfigKey } from './keys.js';
import { nearestName } from './nearest-name.js';

export interface NamedEvent {
  key: ConfigKey;
  isEnabled: boolean;
}

/** OpenIM has six. */
const MAX_SETTINGS = 50;

/** A receiver has 4 s to answer a before-callback. */
const LEAST_BEFORE_TIMEOUT_S = 5;
/** A limit of OpenIM's own, whatever the file says. */
const LARGEST_TIMEOUT_S = 15;

export function checkSettings(
  file: ConfigFile,
  key: ConfigKey,
  entry: Entry,
  settings: readonly Entry[],
  isMain: boolean | null,
): { event: NamedEvent; findings: ConfigFinding[] } {
  const named = (name: string) => settings.find((each) => each.name.toLowerCase() === name.toLowerCase());
  const enable = named('enable');
  const value = file.valueOf(enable?.node ?? null);
  // OpenIM's reader takes these texts for true as well.
  const isEnabled = value === true || value === 1 || /^(?:true|t|1)$/i.test(String(value));
  const findings = settings.slice(0, MAX_SETTINGS).flatMap((setting) => unknownSetting(key, setting));
  if (enable && typeof value !== 'boolean') findings.push(noBoolean(key, enable));
  if (isEnabled) findings.push(...checkPhase(key, enable ?? entry));
  if (isEnabled) findings.push(...checkTimeout(file, key, named('timeout') ?? null, entry));
  findings.push(...checkTypes(file, key, settings, isMain));
  findings.push(...checkAttentionIds(file, key, named('attentionIds')));
  return { event: { key, isEnabled }, findings };
}

function unknownSetting({ key }: ConfigKey, { name, line }: Entry): ConfigFinding[] {
  if (INNER_KEYS.some((each) => each.toLowerCase() === name.toLowerCase())) return [];
  const nearest = nearestName(name, INNER_KEYS);
  return [
    finding(
      'warning',
      line,
      `${key}: “${quoted(name)}” is no setting.${nearest === null ? '' : ` Is ${nearest} meant?`}`,
      `${key}：“${quoted(name)}” 不是设置项。${nearest === null ? '' : `是否应为 ${nearest}？`}`,
    ),
  ];
}

function noBoolean({ key }: ConfigKey, { line }: Entry): ConfigFinding {
  return finding(
    'warning',
    line,
    `${key}: write enable: true or enable: false, without quotes.`,
    `${key}：enable 请写 true 或 false，不加引号。`,
  );
}

function checkPhase({ key, phase, isDead }: ConfigKey, { line }: Entry): ConfigFinding[] {
  if (isDead) {
    return [
      finding(
        'warning',
        line,
        `${key} is enabled, but no version of OpenIM sends it.`,
        `${key} 已启用，但没有任何 OpenIM 版本会发送。`,
      ),
    ];
  }
  if (phase === 'after') return [];
  return [
    finding(
      'warning',
      line,
      `${key}: OpenIM waits for each answer, and refuses what it asks about while this service cannot be reached. Enable it only when a webhook answers it.`,
      `${key}：OpenIM 会等待每次应答，本服务无法访问期间会拒绝被询问的操作。只有当某个 webhook 会应答时才启用。`,
    ),
  ];
}

function checkTimeout(
  file: ConfigFile,
  { key, phase }: ConfigKey,
  timeout: Entry | null,
  entry: Entry,
): ConfigFinding[] {
  const line = timeout?.line ?? entry.line;
  const value = timeout && file.valueOf(timeout.node);
  const seconds = typeof value === 'number' ? value : 0;
  if (seconds > LARGEST_TIMEOUT_S) {
    return [
      finding(
        'warning',
        line,
        `${key}: OpenIM gives up after ${String(LARGEST_TIMEOUT_S)} s, whatever timeout says.`,
        `${key}：无论 timeout 写多少，OpenIM 都会在 ${String(LARGEST_TIMEOUT_S)} 秒后放弃。`,
      ),
    ];
  }
  if (phase === 'after' || seconds === 0 || seconds >= LEAST_BEFORE_TIMEOUT_S) return [];
  return [
    finding(
      'warning',
      line,
      `${key}: with a timeout below ${String(LEAST_BEFORE_TIMEOUT_S)} s OpenIM may give up, and refuse, before the answer is there.`,
      `${key}：timeout 小于 ${String(LEAST_BEFORE_TIMEOUT_S)} 秒时，OpenIM 可能在应答到达前放弃并拒绝操作。`,
    ),
  ];
}
