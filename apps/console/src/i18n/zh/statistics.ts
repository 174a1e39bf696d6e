/** Charts of statistics, on the pages of an app and of a webhook. */
export const statistics = {
  outcome: {
    succeeded: '已送达',
    pending: '等待中',
    failed: '失败',
    skipped: '已跳过',
  },
  deliveriesBy: {
    minute: '每分钟投递',
    hour: '每小时投递',
    day: '每天投递',
    week: '每周投递',
    month: '每月投递',
  },
  title: '投递情况',
  range: '时间范围',
  preset: { '1h': '1 小时', '24h': '24 小时', '7d': '7 天', '30d': '30 天' },
  span: '{from} 至 {to}',
  latency: '耗时',
  threshold: '告警阈值',
  time: '时间',
  chart: '图表',
  table: '表格',
  showChart: '用图表显示{title}',
  showTable: '用表格显示{title}',
  csvOf: '{title} CSV',
  chartLabel: '{title}图，同样的数据可用表格显示',
};
