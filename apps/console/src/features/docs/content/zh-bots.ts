import type { Chapter } from './blocks.js';

export const bots: Chapter = {
  title: '机器人',
  blocks: [
    {
      text: 'DooTask 的机器人作为[IM 来源](sources)接入：它身边发生的事成为事件，投递到你的回调；你也能以机器人身份发消息。每个机器人各用一个来源。',
    },
    {
      fold: '发送文本消息',
      blocks: [
        {
          text: '两种做法：接收端应答 `bot.message` 时带上 `{"reply":{"text":"你好"}}`；或者直接调用 DooTask：',
        },
        {
          label: '请求',
          code: `curl '{botAddress}/api/dialog/msg/sendtext' \\
  -H 'version: {botVersion}' \\
  -H 'token: <机器人 Token>' \\
  --data-urlencode 'dialog_id=12' \\
  --data-urlencode 'text=构建 **通过**' \\
  --data-urlencode 'text_type=md'`,
        },
        {
          table: {
            head: ['参数', '必填', '说明'],
            rows: [
              ['请求头 `version`', '是', 'DooTask 的版本，与来源收到的一致'],
              ['请求头 `token`', '是', '向“机器人管理”发送 `/token <机器人 ID>` 获取'],
              ['`dialog_id`', '是', '会话 ID，事件里的 `conversationId` 去掉 `dootask:`'],
              ['`dialog_ids`', '否', '多个会话，逗号分隔，取代 `dialog_id`'],
              ['`text`', '是', '内容'],
              ['`text_type`', '否', '`html`（默认）或 `md`'],
              ['`key`', '否', '搜索关键词，缺省时按内容生成'],
              ['`silence`', '否', '`yes` 表示不提醒'],
              ['`reply_id`', '否', '被引用的消息'],
              ['`update_id`', '否', '改为编辑这条消息'],
              ['`update_mark`', '否', '编辑时是否标为已编辑：`yes`、`no`'],
            ],
          },
        },
        { text: '应答为 `{"ret":1,"msg":"…","data":{…}}`；`ret` 不为 1 即失败，`msg` 说明原因。' },
      ],
    },
    {
      fold: '收到消息：bot.message',
      blocks: [
        {
          list: [
            '触发：有人给机器人发消息，或机器人所在的群里有任何消息。以 `/` 开头的文本和机器人发的消息除外。',
            '时限：DooTask 等 30 秒，只推送一次；我们立即应答，再按重试策略投递。',
            '用途：问答、指令、工单。',
          ],
        },
        {
          table: {
            head: ['字段', '说明'],
            rows: [
              ['`message.text`', '内容，DooTask 给出的原文，可能含 HTML'],
              ['`message.messageId`', '消息 ID'],
              ['`message.conversationId`', '会话：`dootask:<dialog_id>`'],
              ['`message.senderId`', '发送者'],
              ['`botId`', '机器人'],
              ['`isMentioned`', '是否 @ 了机器人；群里的每条消息都会推送，请看它'],
              ['`replyText`', '被回复的消息'],
              ['`sessionId`', '机器人会话'],
            ],
          },
        },
      ],
    },
    {
      fold: '打开会话：conversation.opened',
      blocks: [
        {
          list: [
            '触发：有人打开与机器人的会话，每人每个会话每分钟最多一次。',
            '时限：DooTask 等 10 秒，打开会话的人也在等；我们立即应答。',
            '用途：欢迎语、预先取数据。',
            '参数：`conversationId`、`operatorId`，其余在 `extra.dootask`。',
          ],
        },
      ],
    },
    {
      fold: '成员进出：group.member.joined、group.member.left',
      blocks: [
        {
          list: [
            '触发：有人被加入机器人所在的群，或退出、被移出。机器人自己被移出时收不到。',
            '时限：与打开会话相同，10 秒。',
            '用途：迎新、同步通讯录。',
            '参数：`groupId`、`memberIds`、`operatorId`（没有操作者时缺省；与成员不同即为被移出）。',
          ],
        },
      ],
    },
    {
      fold: '快速应答、验证、保护 Token',
      blocks: [
        {
          list: [
            '先应答 2xx，再处理；要回复的，处理完用上面的接口发送。',
            '照常验签：DooTask 自己不签名，经过我们之后就有了签名。',
            '来源地址里带令牌，机器人 Token 等同于它的密码：都只放在服务端，泄露了就轮换。事件里的 Token 在存储之前已经抹去。',
          ],
        },
      ],
    },
  ],
};
