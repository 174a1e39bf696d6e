/** The overview of an app. */
export const overview = {
  title: '概览',
  live: '实时',
  liveHint: '有新的投递或告警时自动更新',
  range: '时间范围',
  preset: { '1h': '1 小时', '24h': '24 小时', '7d': '7 天', '30d': '30 天' },
  span: '{from} 至 {to}',
  emptyTitle: '还没有回调地址',
  emptyText: '添加回调地址后，这里显示投递情况。',
  emptyAction: '去添加回调地址',
  state: {
    well: '一切正常：{count} 个回调没有异常',
    problems: '{count} 个回调异常',
    paused: '连续失败 {failures} 次，投递已暂停，{waiting} 条在等',
    failing: '连续失败 {failures} 次，{waiting} 条在等',
    see: '查看',
    seeOf: '查看 {name}',
    more: '另有 {count} 个，见下方列表',
  },
  tile: {
    accepted: '已接收',
    delivered: '已送达',
    attempts: '{count} 次尝试',
    backlog: '积压',
    oldest: '最久',
    p95: 'p95 耗时',
    median: '中位数 {value}',
  },
  webhooks: {
    title: '回调地址',
    deliveries: '投递',
    waiting: '等待',
  },
  causes: {
    title: '失败原因',
    none: '这段时间没有失败',
    partial: '只统计最近的失败和等待中的投递，各 200 条',
  },
  events: {
    title: '事件',
    none: '这段时间没有投递',
  },
  sources: {
    title: 'IM 来源',
    none: '还没有 IM 来源，去添加',
    inADay: '24 小时 {count} 条',
  },
};
