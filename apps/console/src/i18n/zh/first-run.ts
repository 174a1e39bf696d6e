/** The four steps to the first delivered event. */
export const firstRun = {
  label: '快速开始',
  step: {
    app: '新建应用',
    webhook: '回调地址',
    event: '发送示例事件',
    delivered: '看它送达',
  },
  hint: {
    app: '每个应用有自己的 AppKey 和密钥。',
    webhook: '先用内置接收端，之后再换成自己的地址。',
    event: '一个真实的 message.sent，投递到订阅它的回调。',
    delivered: '正在等待投递结果……',
    done: '第一个事件已送达。',
  },
  ownAddress: '填写自己的地址',
  toApps: '前往应用列表',
  toLog: '查看投递',
  dismiss: '不再显示',
  finish: '完成',
  stepDone: '已完成',
};
