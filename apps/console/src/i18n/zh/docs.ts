/** The page 文档, but for its chapters, which are loaded with it. */
export const docs = {
  title: '文档',
  lead: '接收回调、验签、提交事件。示例里已填好本应用的 AppKey。',
  contents: '目录',
  print: '打印',
  codePanel: '示例代码',
  language: '语言',
  sampleTitle: {
    kit: '用工具包接收',
    signature: '签名与验签',
    receive: '接收回调',
    send: '提交事件',
  },
  /** curl cannot receive. */
  sampleOfCurl: {
    signature: '计算签名',
    receive: '模拟一次回调',
    send: '提交事件',
  },
  events: {
    choose: '选择事件',
    meaning: '说明',
    fields: '事件的字段',
    example: '示例',
  },
  send: {
    title: '发一个到我的回调',
    hint: '立即发出一次 {event}，data 为上面的示例，带正式签名，类型为测试。',
    webhook: '回调',
    action: '发送',
    none: '还没有回调。',
    create: '新增回调',
    success: '已送达：HTTP {status}，{duration}',
    failed: '没有送达：{reason}，{duration}',
    noReason: '原因不明',
    open: '查看这次投递',
    debug: '用它调试签名',
  },
};
