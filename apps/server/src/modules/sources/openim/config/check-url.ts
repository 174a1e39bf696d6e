/** Checks the address in a webhooks.yml against that of the source. */
import type { ConfigFinding } from '@im/contracts/api/sources';
import { finding, quoted, type ConfigFile, type Entry } from './config-file.js';

export function checkUrl(file: ConfigFile, entries: readonly Entry[], url: string): ConfigFinding[] {
  const entry = entries.find(({ name }) => name.toLowerCase() === 'url');
  if (!entry) {
    return [
      finding(
        'error',
        null,
        'There is no url at the top: OpenIM has no address to send to, and does not say so.',
        '顶层没有 url：OpenIM 没有可发送的地址，也不会报错。',
      ),
    ];
  }
  const value = file.valueOf(entry.node);
  if (typeof value !== 'string' || value.trim() === '') {
    return [finding('error', entry.line, 'url is empty.', 'url 为空。')];
  }
  const written = value.trim();
  const findings = differenceOf(withoutSlash(written), withoutSlash(url), entry.line);
  if (written.endsWith('/')) findings.push(slash(entry.line));
  return findings;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, '');
}

function slash(line: number): ConfigFinding {
  return finding(
    'warning',
    line,
    'url ends in a slash, so OpenIM calls //callback…. This service understands it, a proxy before it may not: leave the slash out.',
    'url 以斜杠结尾，OpenIM 会请求 //callback…。本服务可以识别，但前面的代理未必可以：请去掉斜杠。',
  );
}

function differenceOf(written: string, wanted: string, line: number): ConfigFinding[] {
  if (written === wanted) return [];
  const [here, there] = [parsed(written), parsed(wanted)];
  if (!here) {
    return [finding('error', line, 'url is no http or https address.', 'url 不是 http 或 https 地址。')];
  }
  const path = there?.pathname ?? '/';
  if (here.pathname === path && here.search === there?.search) {
    return [otherHost(line, here.origin, there.origin)];
  }
  const prefix = path.slice(0, path.lastIndexOf('/'));
  if (prefix === '' || !`${here.pathname}/`.startsWith(`${prefix}/`)) return [elsewhere(line)];
  if (withoutSlash(here.pathname) === prefix) return [noToken(line)];
  return [here.pathname.startsWith(`${path}/`) ? tooLong(line) : otherToken(line)];
}

function otherHost(line: number, here: string, there: string): ConfigFinding {
  return finding(
    'warning',
    line,
    `url has another scheme, host or port (${quoted(here)}) than this source (${there}). That is right only if it leads here from OpenIM’s own network.`,
    `url 的协议、主机或端口（${quoted(here)}）与本来源（${there}）不同。只有当它从 OpenIM 所在网络能到达这里时才正确。`,
  );
}

function noToken(line: number): ConfigFinding {
  return finding(
    'error',
    line,
    'url lacks the token at its end: copy the whole address of this source.',
    'url 末尾缺少令牌：请复制本来源的完整地址。',
  );
}

function tooLong(line: number): ConfigFinding {
  return finding(
    'warning',
    line,
    'url goes on after the token: OpenIM appends the command by itself.',
    'url 在令牌之后还有内容：命令由 OpenIM 自己追加。',
  );
}

function otherToken(line: number): ConfigFinding {
  return finding(
    'error',
    line,
    'url has another token: that of another source, or one that was replaced.',
    'url 中的令牌不同：属于其他来源，或已被更换。',
  );
}

function elsewhere(line: number): ConfigFinding {
  return finding(
    'error',
    line,
    'url leads elsewhere, not to this source.',
    'url 指向别处，不是本来源的地址。',
  );
}

function parsed(text: string): URL | null {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url : null;
}
