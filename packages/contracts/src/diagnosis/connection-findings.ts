/** Explains attempts that got no answer. */
import type { LocalizedText } from '../events/define.js';
import { withFindings, type Diagnosis } from './diagnosis.js';
import type { FailedAttempt } from './evidence.js';
import { listText, spanText } from './phrases.js';

/** Attempts of earlier versions: the system's resolver gave up on silent name servers after five seconds or more. */
const SILENT_RESOLVER_MS = 4_000;
/** A shorter wait means that the name servers did not answer a moment before, and were not asked again. */
const ASKED_MS = 500;

export function ofName({ evidence, phases, durationMs }: FailedAttempt, general: Diagnosis): Diagnosis {
  if (!evidence) return general;
  const { host, code } = evidence;
  const tookMs = phases.dnsMs ?? durationMs;
  if (code === 'ENOTFOUND') {
    return withFindings(general, {
      cause: {
        zh: `解析器答复：域名 ${host} 不存在（NXDOMAIN）或没有地址记录。`,
        en: `The resolver answered that ${host} does not exist (NXDOMAIN) or has no address.`,
      },
    });
  }
  if (code === 'ETIMEOUT' && tookMs < ASKED_MS) {
    return {
      cause: {
        zh: `域名 ${host} 的域名服务器刚刚没有响应（超时），因此这次没有再问，请求也没有发出。沉默期间每隔 5 到 30 秒才再问一次。`,
        en: `The name servers gave no answer for ${host} a moment before (timeout), so they were not asked again and no request went out. While they stay silent they are asked every 5 to 30 seconds.`,
      },
      advice: RESOLVER_ADVICE,
    };
  }
  if (code === null || code === 'ETIMEOUT' || (code === 'EAI_AGAIN' && tookMs >= SILENT_RESOLVER_MS)) {
    return {
      cause: {
        zh: `域名 ${host} 的解析在 ${spanText(tookMs).zh} 内没有得到答复：域名服务器没有响应（超时），请求没有发出。`,
        en: `The name servers gave no answer for ${host} within ${spanText(tookMs).en} (timeout), so no request went out.`,
      },
      advice: RESOLVER_ADVICE,
    };
  }
  return {
    cause: {
      zh: `域名 ${host} 的解析失败：域名服务器报告了暂时性错误（SERVFAIL，${code}），这不等于域名不存在。请求没有发出。`,
      en: `The name servers failed on ${host} (SERVFAIL, ${code}); that does not mean that the name does not exist. No request went out.`,
    },
    advice: RESOLVER_ADVICE,
  };
}

const RESOLVER_ADVICE: LocalizedText = {
  zh: '检查本服务所在机器的 DNS 设置和网络；再检查该域名的权威服务器与 DNSSEC 配置（dig +trace）。系统会自动重试。',
  en: 'Check the DNS settings and network of the machine of this service, then the name’s own servers and its DNSSEC (dig +trace). It is retried by itself.',
};

export function ofRefusedConnection(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence } = failure;
  if (!evidence) return general;
  const target = targetOf(failure);
  if (evidence.code?.startsWith('PROXY_')) return ofProxy(target, evidence.code);
  if (evidence.code?.startsWith('TUNNEL_')) return ofTunnel(evidence.code);
  if (evidence.code === 'ECONNREFUSED') {
    return withFindings(general, {
      cause: {
        zh: `拒绝连接的是 ${target}：这是明确的拒绝，不是防火墙的静默丢弃。`,
        en: `Refused by ${target}: a clear refusal, not a firewall that drops packets.`,
      },
    });
  }
  return {
    cause: {
      zh: `到 ${target} 没有路由（${evidence.code ?? ''}），连接无法建立。`,
      en: `There is no route to ${target} (${evidence.code ?? ''}), so no connection could be made.`,
    },
    advice: {
      zh: '检查本服务所在机器的网络与路由；域名若只有 IPv6 地址，而机器没有 IPv6，也会这样。',
      en: 'Check network and routes of the machine of this service; a name with IPv6 addresses only, on a machine without IPv6, looks like this too.',
    },
  };
}

/** The address of a temporary webhook is no host. */
function ofTunnel(code: string): Diagnosis {
  if (code === 'TUNNEL_CLOSED') {
    return {
      cause: {
        zh: '这个临时回调的隧道已经关闭，请求没有发出。',
        en: 'The tunnel of this temporary webhook was closed, so no request went out.',
      },
      advice: {
        zh: '重新运行 imcb listen，它会打开新的隧道；不再使用的临时回调会自动删除。',
        en: 'Run imcb listen again, which opens a new tunnel; temporary webhooks that are not used are deleted by themselves.',
      },
    };
  }
  return {
    cause: {
      zh: '这个临时回调的隧道没有客户端连接，请求没有发出。',
      en: 'No client is connected to the tunnel of this temporary webhook, so no request went out.',
    },
    advice: {
      zh: '启动客户端（imcb listen），或等它重新连上；连上后，等待中的投递立即发送。',
      en: 'Start the client (imcb listen), or wait until it is back; what waits is sent as soon as it connects.',
    },
  };
}

/** The proxy is the operator's; the receiver may be healthy. */
function ofProxy(target: string, code: string): Diagnosis {
  return {
    cause: {
      zh: `本服务的出站代理没有连通 ${target}（${code}），请求没有发出。`,
      en: `The outgoing proxy of this service made no connection to ${target} (${code}), so no request went out.`,
    },
    advice: {
      zh: '请运维检查 OUTGOING_PROXY_URL（地址、用户名和密码），并确认代理允许用 CONNECT 访问这个地址和端口；不必经过代理的主机可以写进 OUTGOING_NO_PROXY。',
      en: 'Let an operator check OUTGOING_PROXY_URL (address, user name, password) and that the proxy allows CONNECT to this address and port; hosts that need no proxy can go into OUTGOING_NO_PROXY.',
    },
  };
}

export function ofUnfinishedConnection(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence, phases } = failure;
  if (!evidence) return general;
  const limit = spanText(evidence.timeoutMs);
  const target = targetOf(failure);
  if (evidence.code?.startsWith('PROXY_')) return ofProxy(target, evidence.code);
  if (evidence.code?.startsWith('TUNNEL_')) return ofTunnel(evidence.code);
  if (evidence.phase === 'queue') {
    return {
      cause: {
        zh: `到 ${evidence.host} 的连接都在使用中，${limit.zh} 内没有空出来；请求没有发出。`,
        en: `All connections to ${evidence.host} were busy and none became free within ${limit.en}; no request went out.`,
      },
      advice: {
        zh: '接收方答复得太慢。让它先回复 2xx 再处理业务；系统会自动重试。',
        en: 'The receiver answers too slowly. Let it answer 2xx first and work afterwards; this is retried by itself.',
      },
    };
  }
  if (evidence.phase === 'tls') {
    return {
      cause: {
        zh: `与 ${target} 的 TCP 连接用了 ${spanText(phases.connectMs ?? 0).zh}，但 TLS 握手到 ${limit.zh} 的时限还没有完成。`,
        en: `TCP to ${target} took ${spanText(phases.connectMs ?? 0).en}, but the TLS handshake did not end within the ${limit.en} allowed.`,
      },
      advice: {
        zh: '确认这个端口提供的是 HTTPS；检查接收方的负载，以及中间的防火墙是否拦截了 TLS。',
        en: 'Make sure that this port speaks HTTPS; check the load of the receiver, and whether a firewall in between delays TLS.',
      },
    };
  }
  return withFindings(general, {
    cause: {
      zh: `${dnsPart(failure).zh}对 ${target} 的连接请求直到 ${limit.zh} 的时限都没有任何回应，端口像是被过滤，而不是被拒绝。`,
      en: `${dnsPart(failure).en}${target} gave no sign at all until the ${limit.en} allowed were over: the port seems filtered, not refused.`,
    },
  });
}

export function ofSilentReceiver(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence, phases, durationMs } = failure;
  if (!evidence) return general;
  const before = (phases.dnsMs ?? 0) + (phases.connectMs ?? 0) + (phases.tlsMs ?? 0);
  const limit = spanText(evidence.timeoutMs);
  return withFindings(general, {
    cause: {
      zh: `时限 ${limit.zh}：解析与连接用了 ${spanText(before).zh}，其余 ${spanText(durationMs - before).zh} 都在等接收方答复。`,
      en: `Of the ${limit.en} allowed, name and connection took ${spanText(before).en}; the other ${spanText(durationMs - before).en} were spent waiting for the receiver.`,
    },
  });
}

/** Also for what is neither TLS nor HTTP: only the error's code is known. */
export function ofBrokenConnection(failure: FailedAttempt, general: Diagnosis): Diagnosis {
  const { evidence, durationMs } = failure;
  if (!evidence) return general;
  const after = spanText(durationMs);
  const code = evidence.code ?? '-';
  return withFindings(general, {
    cause: {
      zh: `对端是 ${targetOf(failure)}，在第 ${after.zh} 出错（${code}）。`,
      en: `The peer was ${targetOf(failure)}; it broke off after ${after.en} (${code}).`,
    },
  });
}

export function ofBlockedAddress({ evidence }: FailedAttempt, general: Diagnosis): Diagnosis {
  if (!evidence?.blockedRange) return general;
  return withFindings(general, {
    cause: {
      zh: `命中的规则：${evidence.blockedRange}（主机 ${evidence.host}）。`,
      en: `The rule that refused it: ${evidence.blockedRange} (host ${evidence.host}).`,
    },
  });
}

/** `host:port (address)`; the address only where the host is a name. */
export function targetOf({ evidence, remoteAddress }: FailedAttempt): string {
  if (!evidence) return remoteAddress ?? '-';
  const { host, port, addresses } = evidence;
  const known = addresses.length > 0 ? addresses : remoteAddress === null ? [] : [remoteAddress];
  const others = known.filter((address) => address !== host);
  return `${host}:${String(port)}${others.length > 0 ? ` (${listText(others)})` : ''}`;
}

function dnsPart({ phases, evidence }: FailedAttempt): LocalizedText {
  if (phases.dnsMs === null || !evidence) return { zh: '', en: '' };
  const took = spanText(phases.dnsMs);
  return { zh: `域名解析用了 ${took.zh}；`, en: `The name was resolved in ${took.en}; ` };
}
