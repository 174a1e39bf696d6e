/** Checks the filters of one event in a webhooks.yml, which have another form in each version. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import { finding, quoted, type ConfigFile, type Entry } from './config-file.js';
import type { ConfigKey } from './keys.js';

/** A content type alone, as a number or as text; both forms start in every version that has the filter. */
const ONE_TYPE = /^\s*\d{1,9}\s*$/;

export function checkTypes(
  file: ConfigFile,
  key: ConfigKey,
  settings: readonly Entry[],
  isMain: boolean | null,
): ConfigFinding[] {
  const isOf38 = settings.some(({ name }) => name.toLowerCase() === 'allowedtypes');
  const denied = settings.find(({ name }) => name.toLowerCase() === 'deniedtypes');
  const value = denied && file.valueOf(denied.node);
  if (!denied || value === null || value === undefined) return [];
  const types: unknown[] = Array.isArray(value) ? value : [value];
  const wrong = types.find((type) => !ONE_TYPE.test(String(type)));
  if (wrong === undefined || (isOf38 && isMain !== true)) return [];
  const text = quoted(JSON.stringify(wrong)).replaceAll('"', '');
  return [
    isMain
      ? finding(
          'error',
          denied.line,
          `${key.key}: “${text}” in deniedTypes stops this version from starting: it takes numbers only, such as [110].`,
          `${key.key}：deniedTypes 中的 “${text}” 会让此版本无法启动：只能写数字，例如 [110]。`,
        )
      : finding(
          'warning',
          denied.line,
          `${key.key}: “${text}” in deniedTypes is the form of 3.8. Versions since 3.8.4 do not start with it: they take numbers only, such as [110].`,
          `${key.key}：deniedTypes 中的 “${text}” 是 3.8 的写法。3.8.4 起的版本会因此无法启动：只能写数字，例如 [110]。`,
        ),
  ];
}

export function checkAttentionIds(
  file: ConfigFile,
  { key }: ConfigKey,
  entry: Entry | undefined,
): ConfigFinding[] {
  const value = entry && file.valueOf(entry.node);
  if (!entry || value === null || value === undefined || value === '') return [];
  const ids: unknown[] = Array.isArray(value) ? value : [value];
  if (ids.length === 0) return [];
  if (ids.some((id) => /[[\]",]/.test(String(id)))) {
    return [
      finding(
        'error',
        entry.line,
        `${key}: attentionIds must be a YAML list, such as [u1, u2]. As it is, it is an id that nobody has, and suppresses everything.`,
        `${key}：attentionIds 必须是 YAML 列表，例如 [u1, u2]。现在它成了一个不存在的 ID，会拦掉所有事件。`,
      ),
    ];
  }
  return [key === 'afterSendGroupMsg' ? groupIds(entry.line) : someUsers(key, entry.line)];
}

function groupIds(line: number): ConfigFinding {
  return finding(
    'warning',
    line,
    'afterSendGroupMsg: attentionIds is compared with the receiver, which group messages do not have: since 3.8.4 any id suppresses every group message, ids of groups too.',
    'afterSendGroupMsg：attentionIds 与接收者比较，而群消息没有接收者：3.8.4 起填写任何 ID（包括群 ID）都会拦掉所有群消息。',
  );
}

function someUsers(key: string, line: number): ConfigFinding {
  return finding(
    'warning',
    line,
    `${key}: attentionIds lets through messages of these users only. Leave it empty to get all.`,
    `${key}：attentionIds 只放行这些用户的消息。留空才会收到全部。`,
  );
}
