export const statuses = {
  delivery: {
    pending: '等待中',
    success: '成功',
    failed: '失败',
    canceled: '已取消',
    skipped: '已跳过',
  },
  phase: {
    queued: '排队中',
    retrying: '重试中',
    held: '暂缓',
  },
  kind: {
    event: '事件',
    test: '测试',
    redelivery: '重新投递',
  },
  alert: {
    open: '未处理',
    acknowledged: '已确认',
    resolved: '已恢复',
  },
  notification: {
    pending: '等待中',
    sent: '已发送',
    failed: '失败',
    canceled: '已取消',
  },
  sourceOutcome: {
    accepted: '已接收',
    not_understood: '未识别',
    rejected: '已拒绝',
    failed: '存储失败',
  },
  sourceMessage: {
    waiting: '等待中',
    sent: '已发送',
    failed: '失败',
  },
  severity: {
    warning: '警告',
    critical: '严重',
  },
  alertRule: {
    consecutive_failures: '连续失败',
    delivery_exhausted: '重试用尽',
    webhook_disabled: '回调被自动停用',
    cannot_sign: '无法签名',
    success_rate: '尝试成功率偏低',
    slow: '响应缓慢',
    backlog: '投递积压',
  },
  rate: {
    attemptSuccessRate: '尝试成功率',
    deliveredRate: '送达率',
  },
  rateRemark: {
    nothing: '还没有投递',
    untried: '{count} 条还没发出',
    canceled: '都已跳过或取消',
    recent: '满 1 分钟后计入',
    waiting: '{count} 条在等',
  },
  health: {
    ok: '正常',
    failures: '失败 {count} 次',
    paused: '已暂停',
    pausedByPerson: '人工暂停',
    off: '未推送',
  },
  enabled: '启用',
  disabled: '停用',
};
