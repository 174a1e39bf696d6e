/** Checks the events in a webhooks.yml: their names, and which of them are enabled. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import { OPENIM_COMMANDS } from '../mapping/commands.js';
import { checkSettings, type NamedEvent } from './check-settings.js';
import { finding, quoted, type ConfigFile, type Entry } from './config-file.js';
import { CONFIG_KEYS, findKey } from './keys.js';
import { nearestName } from './nearest-name.js';

/** OpenIM has a tenth of it. */
const MAX_ENTRIES = 500;

/** @param isMain null: the version cannot be told */
export function checkEvents(
  file: ConfigFile,
  entries: readonly Entry[],
  isMain: boolean | null,
): ConfigFinding[] {
  const findings: ConfigFinding[] = [];
  const events: NamedEvent[] = [];
  for (const entry of entries.slice(0, MAX_ENTRIES)) {
    if (entry.name.toLowerCase() === 'url') continue;
    const key = findKey(entry.name);
    const settings = file.entriesOf(entry.node);
    if (!key) findings.push(unknownKey(entry));
    else if (!settings) findings.push(noSettings(entry));
    else {
      const read = checkSettings(file, key, entry, settings, isMain);
      events.push(read.event);
      findings.push(...read.findings);
    }
  }
  return [...findings, ...checkEnabled(events)];
}

function unknownKey({ name, line }: Entry): ConfigFinding {
  const nearest = keyOfCommand(name) ?? nearestName(name, ['url', ...CONFIG_KEYS.map(({ key }) => key)]);
  return finding(
    'warning',
    line,
    `“${quoted(name)}” is no event of OpenIM, so it is passed over.${nearest === null ? '' : ` Is ${nearest} meant?`}`,
    `“${quoted(name)}” 不是 OpenIM 的事件，会被忽略。${nearest === null ? '' : `是否应为 ${nearest}？`}`,
  );
}

/** The name on the wire in place of the key. */
function keyOfCommand(name: string): string | null {
  const command = OPENIM_COMMANDS.find((each) => each.command.toLowerCase() === name.toLowerCase());
  return command?.configKey ?? null;
}

function noSettings({ name, line }: Entry): ConfigFinding {
  return finding(
    'error',
    line,
    `${name} has no settings below it: write enable and timeout indented by two spaces.`,
    `${name} 下面没有设置：请缩进两个空格写 enable 和 timeout。`,
  );
}

function checkEnabled(events: readonly NamedEvent[]): ConfigFinding[] {
  const enabled = new Set(events.filter(({ isEnabled }) => isEnabled).map(({ key }) => key.key));
  if (enabled.size === 0) {
    return [
      finding(
        'error',
        null,
        'No event is enabled: OpenIM sends nothing. Set enable: true, afterSendSingleMsg and afterSendGroupMsg first.',
        '没有启用任何事件：OpenIM 什么都不会发送。请设置 enable: true，首先是 afterSendSingleMsg 和 afterSendGroupMsg。',
      ),
    ];
  }
  return checkMessages(enabled);
}

function checkMessages(enabled: ReadonlySet<string>): ConfigFinding[] {
  const sending = ['afterSendSingleMsg', 'afterSendGroupMsg'];
  const missing = sending.filter((key) => !enabled.has(key));
  const isStored = enabled.has('afterMsgSaveDB');
  if (isStored && missing.length < sending.length) {
    return [
      finding(
        'warning',
        null,
        'afterMsgSaveDB and afterSendSingleMsg or afterSendGroupMsg are enabled: each message is sent twice, and becomes one event. One of the two ways is enough.',
        'afterMsgSaveDB 与 afterSendSingleMsg / afterSendGroupMsg 同时启用：每条消息会发送两次，但只产生一个事件。两种方式选一种即可。',
      ),
    ];
  }
  if (isStored || missing.length === 0) return [];
  const names = missing.join(', ');
  return [
    finding(
      'warning',
      null,
      `${names}: not enabled, so there is no message.sent for ${missing.length === 2 ? 'any message' : missing[0] === 'afterSendSingleMsg' ? 'one-to-one messages' : 'group messages'}.`,
      `${names} 未启用：${missing.length === 2 ? '所有消息' : missing[0] === 'afterSendSingleMsg' ? '单聊消息' : '群消息'}都没有 message.sent。`,
    ),
  ];
}
