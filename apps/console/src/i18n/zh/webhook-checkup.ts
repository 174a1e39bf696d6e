/** The check-up of a webhook's receiver. */
export const checkup = {
  action: '体检',
  title: '体检接收方',
  lead: '向 {url} 发送若干带 X-App-Checkup 请求头的 test.ping 回调：有正确的，也有故意出错的。它们不进入投递日志，也不影响健康状态和告警，最多 30 秒。',
  start: '开始体检',
  again: '再次体检',
  running: '正在体检，请稍候…',
  score: '得分',
  status: { pass: '通过', warn: '注意', fail: '不通过', skipped: '未检查' },
  advice: '建议',
};
