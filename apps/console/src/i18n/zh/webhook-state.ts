/** A webhook that gets nothing: paused, or disabled. */
export const state = {
  title: {
    paused_by_person: '{by} 暂停了回调（{time}）',
    paused: '投递已暂停：连续失败 {count} 次',
    by_person: '回调地址已停用',
    gone: '回调地址已自动停用：接收方回复了 410',
    failing: '回调地址已自动停用：连续多日没有一次成功',
  },
  text: {
    paused_by_person:
      '{count} 条投递在等待，新事件也一起等待，不消耗尝试次数。恢复后按顺序发出，由慢到快；测试、重新投递和单条立即发送不受影响。',
    paused:
      '{count} 条投递在等待。系统每隔半分钟到五分钟发一条试探，第一次成功后自动恢复，其余的按先后顺序补发。如果接收方已经修好，可以立即恢复。',
    by_person: '由成员停用。停用期间的事件不会推送，日志中记为“已跳过”。',
    gone: '接收方明确表示不再接收，之后的事件不会推送，日志中记为“已跳过”。如果是误回，修正接收程序后重新启用。',
    failing: '长时间没有一次投递成功，之后的事件不会推送，日志中记为“已跳过”。接收方修好后重新启用。',
  },
  short: {
    paused_by_person: '{by} 已暂停；{count} 条在等',
    paused: '{count} 条在等，定期试探；首次成功后自动恢复',
    by_person: '由成员停用',
    gone: '接收方回复 410，已自动停用',
    failing: '连续多日没有一次成功，已自动停用',
  },
  keptWaiting: '{count} 条投递在等待，启用后发出；超过保留期则取消。',
  enable: '启用',
  enableOf: '启用 {url}',
  resume: '立即恢复',
  resumeOf: '立即恢复 {url}',
  resumeConfirm:
    '立即恢复 {url}？等待中的 {count} 条投递会按先后顺序发出，由慢到快。如果接收方还没修好，再失败一次就会重新暂停。',
  resumePausedConfirm: '恢复 {url}？等待中的 {count} 条投递会按先后顺序发出，由慢到快。',
  resumed: '已恢复 {url}，正在补发等待中的投递',
  pause: '暂停',
  pausedDone: '已暂停 {url}，新事件也会等待',
  sendNow: '立即发送等待的投递',
  sendNowConfirm:
    '立即发送 {url} 等待中的 {count} 条投递，不再等到各自的重试时间？由慢到快发出，保持顺序的仍按顺序。',
  sentNow: '正在发送 {url} 等待中的 {count} 条投递',
  enabledWithWaiting: '已启用 {url}，等待中的 {count} 条投递会按时发出',
  recoverTitle: '补发跳过的事件',
  recoverText: '{url} 自 {time} 停用期间有事件被跳过，没有发送。现在补发吗？之后也可以在投递日志里批量恢复。',
  recover: '补发',
  recovering: '已开始补发 {url} 停用期间跳过的事件',
  othersMayResume: '管理员或开发者可以立即恢复。',
  othersMayEnable: '管理员或开发者可以重新启用。',
};
