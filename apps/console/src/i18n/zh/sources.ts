/** The page IM 来源 and those below it. */
import { checklist } from './source-checklist.js';
import { form } from './source-form.js';
import { messages } from './source-messages.js';
import { requests } from './source-requests.js';
import { rotation } from './source-rotation.js';
import { setup } from './source-setup.js';

export const sources = {
  title: 'IM 来源',
  lead: '让 IM 服务端把事件交过来：改它的一处回调配置即可，不用写代码。',
  add: '添加来源',
  emptyTitle: '还没有 IM 来源',
  emptyText:
    '来源就是把事件交给我们的 IM 服务端。每个来源有自己的地址，填进服务端的回调配置后，收到的请求会存下来、转成统一的事件，再投递到本应用的回调地址，失败会重试。先选一种：',
  kind: {
    openim: 'OpenIM',
    wukongim: 'WuKongIM',
    dootask: 'DooTask',
    'tencent-im': '腾讯云 IM',
  },
  kindHint: {
    openim: '接收全部命令。它自己不重试，也不记录失败；前置命令可以允许、拒绝或修改。',
    wukongim: '接收 v2 和 v3 的消息、离线消息和在线状态。v2 失败后约 4 秒内会再试，v3 只在几毫秒内连试三次。',
    dootask: '接收机器人的消息、打开会话、成员进出，也能以机器人身份发消息。它只推送一次，不重试。',
    'tencent-im': '腾讯云每个 SDKAppID 只能填一个回调地址；填这里，再由我们投递给多个接收端。',
  },
  paused: '已暂停',
  lastReceived: '最近收到',
  neverReceived: '还没有收到请求',
  last24Hours: '最近 24 小时',
  hours: {
    none: '最近 24 小时没有收到请求',
    some: '最近 24 小时每小时收到的请求：最多 {peak} 条，最近一小时 {latest} 条',
    notAccepted: '；未能接收共 {total} 条（红色）',
  },
  counter: {
    received: '收到',
    accepted: '已接收',
    rejected: '已拒绝',
    notUnderstood: '未识别',
    failed: '存储失败',
  },
  tab: {
    overview: '概览',
    requests: '原始请求',
    checklist: '没有收到？',
    messages: '发送消息',
  },
  edit: '修改设置',
  pause: '暂停',
  pauseTitle: '暂停来源',
  pauseConfirm: '确认暂停 {name}？暂停期间它的请求照常得到应答，IM 服务端不受影响，但内容会丢弃，无法补回。',
  pausedDone: '{name} 已暂停',
  resume: '恢复接收',
  resumedDone: '{name} 已恢复接收',
  pausedNotice: '来源已暂停：请求照常应答，内容丢弃。',
  deleteTitle: '删除来源',
  deleteConfirm:
    '确认删除 {name}？它的地址立即失效，IM 服务端再发来的请求会丢弃（最近 24 小时收到 {received} 条）。已接收的事件保留。',
  deleteAction: '删除来源',
  deleted: '{name} 已删除',
  state: '状态',
  receiving: '接收中',
  address: '地址',
  addressHint: '地址中的令牌只能用来提交事件。查看完整地址会记入审计日志。',
  reveal: '显示完整地址',
  revealConfirm: '即将显示 {name} 的完整地址，其中含有令牌。这次查看会记入审计日志。',
  revealAction: '显示并记录',
  senders: '来源地址限制',
  anySender: '任何地址都可以提交',
  externalId: '外部 ID',
  version: '版本',
  notSet: '未填写',
  secretSet: '已填写',
  createdBy: '创建人',
  setUp: '接入配置',
  deliveries: '查看它的事件的投递',
  openSource: '打开来源',
  checklist,
  form,
  messages,
  requests,
  rotation,
  setup,
};
