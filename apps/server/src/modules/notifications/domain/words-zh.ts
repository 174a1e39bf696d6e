import type { Words } from './words.js';

const SEVERITY = { warning: '警告', critical: '严重' } as const;
const KIND = { opened: '触发', escalated: '升级', resolved: '恢复', reminder: '仍未恢复' } as const;

export const wordsZh: Words = {
  title: (kind, severity, subject) =>
    kind === 'resolved' ? `告警恢复：${subject}` : `告警${KIND[kind]}（${SEVERITY[severity]}）：${subject}`,
  summaryTitle: (app, total, unresolved) =>
    `静默时段的告警：${app} 共 ${String(total)} 条，${String(unresolved)} 条尚未恢复`,
  groupTitle: (total, critical) => `告警通知 ${String(total)} 条（其中严重 ${String(critical)} 条）`,
  groupLine: (kind, severity) =>
    kind === 'resolved' ? '【恢复】' : `【${KIND[kind]} · ${SEVERITY[severity]}】`,
  testTitle: '告警通知测试',
  testText: (channelName) => `通知渠道「${channelName}」配置正确，告警会发送到这里。`,
  rule: {
    consecutive_failures: '连续失败',
    delivery_exhausted: '投递用尽重试',
    webhook_disabled: '回调地址被自动停用',
    cannot_sign: '无法签名',
    success_rate: '尝试成功率偏低',
    slow: '响应缓慢',
    backlog: '投递积压',
    before_failing: '前置回调失败',
    source_silent: 'IM 来源没有动静',
    source_rejecting: 'IM 来源的请求未被接受',
  },
  figures: (rule, detail) => {
    switch (rule) {
      case 'consecutive_failures':
        return `已连续失败 ${String(detail.consecutiveFailures ?? 0)} 次`;
      case 'delivery_exhausted':
        return `${String(detail.exhaustedDeliveries ?? 0)} 条投递用尽全部重试仍未成功`;
      case 'webhook_disabled': {
        const why =
          detail.disabledReason === 'gone' ? '接收方回复 410，要求停止发送' : '连续多日没有一次成功';
        const { waitingDeliveries = 0 } = detail;
        return waitingDeliveries === 0
          ? why
          : `${why}；${String(waitingDeliveries)} 条投递在等待，启用后发出`;
      }
      case 'cannot_sign':
        return '密钥、地址、请求头或客户端证书无法解密（服务的加密密钥不一致），投递暂时等待';
      case 'success_rate':
        return `${duration(detail.windowMinutes ?? 0)}内尝试成功率 ${String(detail.successRatePercent ?? 0)}%：${String(detail.attempts ?? 0)} 次尝试中失败 ${String(detail.failures ?? 0)} 次`;
      case 'slow':
        return `${duration(detail.windowMinutes ?? 0)}内 ${String(detail.attempts ?? 0)} 次尝试的 95% 分位耗时 ${seconds(detail.p95Ms ?? 0)} 秒`;
      case 'backlog':
        return `有投递到期 ${duration(detail.oldestWaitMinutes ?? 0)}仍未发出`;
      case 'before_failing':
        return `${duration(detail.windowMinutes ?? 0)}内 ${String(detail.byPolicyPercent ?? 0)}% 的前置回调由策略代为决定：${String(detail.questions ?? 0)} 次中 ${String(detail.byPolicy ?? 0)} 次`;
      case 'source_silent':
        return `已 ${duration(detail.silentMinutes ?? 0)}没有收到任何请求`;
      case 'source_rejecting': {
        const { rejectedRequests = 0, notUnderstoodRequests = 0, failedRequests = 0 } = detail;
        const total = rejectedRequests + notUnderstoodRequests + failedRequests;
        return `${duration(detail.windowMinutes ?? 0)}内 ${String(detail.requests ?? 0)} 个请求中有 ${String(total)} 个未被接受：已拒绝 ${String(rejectedRequests)} 个，未识别 ${String(notUnderstoodRequests)} 个，存储失败 ${String(failedRequests)} 个`;
      }
    }
  },
  sourceKind: { openim: 'OpenIM', wukongim: 'WuKongIM', dootask: 'DooTask', 'tencent-im': '腾讯云 IM' },
  errorClass: {
    dns: '域名解析失败',
    connect_refused: '连接被拒绝，目标端口没有程序在监听',
    connect_timeout: '连接超时，地址不可达或被防火墙拦截',
    tls_expired: '证书已过期或尚未生效',
    tls_hostname: '证书与域名不符',
    tls_untrusted: '证书不受信任',
    tls_other: 'TLS 握手失败',
    response_timeout: '接收方没有按时答复',
    reset: '连接中断，接收方没有答复',
    redirect: '接收方返回了重定向',
    client_error: '接收方拒绝请求',
    signature_rejected: '接收方拒绝签名，请核对密钥',
    not_found: '接收地址不存在',
    too_large: '接收方认为内容过大',
    rate_limited: '接收方限流',
    server_error: '接收方内部错误',
    gone: '接收方已下线',
    blocked_address: '地址不允许访问',
    invalid_response: '响应无法识别',
  },
  since: (instant, minutes) => (minutes > 0 ? `${instant}（已持续 ${duration(minutes)}）` : instant),
  byItself: '自动恢复',
  byPerson: (name) => `由 ${name} 处理`,
  restText: (left) => `……另有 ${String(left)} 条`,
  colon: '：',
  labels: {
    app: '应用',
    webhook: '回调地址',
    source: 'IM 来源',
    rule: '规则',
    figures: '情况',
    lastError: '最近一次错误',
    since: '开始于',
    resolved: '恢复于',
  },
  links: { alert: '查看告警', deliveries: '查看投递记录', source: '查看来源' },
};

/** Seconds with one decimal. */
function seconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}

function duration(minutes: number): string {
  if (minutes < 60) return `${String(minutes)} 分钟`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} 小时` : `${String(Math.floor(hours / 24))} 天`;
}
