import type { Chapter } from './blocks.js';

export const bots: Chapter = {
  title: 'Bots',
  blocks: [
    {
      text: 'A bot of DooTask is connected as an [IM source](sources): its messages and group changes become events for your webhooks, and you can send messages as the bot. Each bot needs a source of its own.',
    },
    {
      fold: 'Send a text message',
      blocks: [
        {
          text: 'There are two ways: a receiver answers `bot.message` with `{"reply":{"text":"Hello"}}`, or you call DooTask:',
        },
        {
          label: 'Request',
          code: `curl '{botAddress}/api/dialog/msg/sendtext' \\
  -H 'version: {botVersion}' \\
  -H 'token: <token of the bot>' \\
  --data-urlencode 'dialog_id=12' \\
  --data-urlencode 'text=Build **passed**' \\
  --data-urlencode 'text_type=md'`,
        },
        {
          table: {
            head: ['Parameter', 'Required', 'Meaning'],
            rows: [
              ['header `version`', 'yes', 'The version of DooTask, as the source received it'],
              ['header `token`', 'yes', 'Send `/token <bot id>` to the bot manager to get it'],
              ['`dialog_id`', 'yes', 'The dialog: `conversationId` of an event without `dootask:`'],
              ['`dialog_ids`', 'no', 'Several dialogs, separated by commas, instead of `dialog_id`'],
              ['`text`', 'yes', 'The content'],
              ['`text_type`', 'no', '`html` (default) or `md`'],
              ['`key`', 'no', 'Search words; made of the content by default'],
              ['`silence`', 'no', '`yes`: without a notification'],
              ['`reply_id`', 'no', 'The message that is quoted'],
              ['`update_id`', 'no', 'Edits this message instead'],
              ['`update_mark`', 'no', 'Whether an edit is marked as one: `yes`, `no`'],
            ],
          },
        },
        {
          text: 'The answer is `{"ret":1,"msg":"…","data":{…}}`. Unless `ret` is 1 the call failed, and `msg` gives the reason.',
        },
      ],
    },
    {
      fold: 'Messages: bot.message',
      blocks: [
        {
          list: [
            'Trigger: a user writes to the bot, or in a group that the bot belongs to. Texts that begin with `/` and messages from bots are left out.',
            'Time limit: DooTask waits 30 s and sends once. We answer at once and deliver by the retry policy.',
            'Uses: answers, commands, tickets.',
          ],
        },
        {
          table: {
            head: ['Field', 'Meaning'],
            rows: [
              ['`message.text`', 'The text as DooTask gives it; may contain HTML'],
              ['`message.messageId`', 'The message'],
              ['`message.conversationId`', 'The conversation: `dootask:<dialog_id>`'],
              ['`message.senderId`', 'Who wrote it'],
              ['`botId`', 'The bot'],
              [
                '`isMentioned`',
                'Whether the bot was mentioned; every message of a group is sent, so check this',
              ],
              ['`replyText`', 'The message that it replies to'],
              ['`sessionId`', 'The session with the bot'],
            ],
          },
        },
      ],
    },
    {
      fold: 'Opened: conversation.opened',
      blocks: [
        {
          list: [
            'Trigger: a user opens the dialog with the bot; at most once a minute per user and dialog.',
            'Time limit: DooTask waits 10 s and keeps the user waiting; we answer at once.',
            'Uses: a welcome, loading data ahead.',
            'Parameters: `conversationId`, `operatorId`; the rest is in `extra.dootask`.',
          ],
        },
      ],
    },
    {
      fold: 'Members: group.member.joined, group.member.left',
      blocks: [
        {
          list: [
            'Trigger: a user joins, leaves or is removed from a group that the bot belongs to. A bot gets no event for its own removal.',
            'Time limit: 10 s, as above.',
            'Uses: a welcome, keeping an address book up to date.',
            'Parameters: `groupId`, `memberIds`, `operatorId` (absent without an operator; if it is not the member, the member was removed).',
          ],
        },
      ],
    },
    {
      fold: 'Answer fast, verify, protect the token',
      blocks: [
        {
          list: [
            'Answer 2xx first and do the work afterwards; reply by the call above when you are done.',
            'Verify as always: DooTask does not sign, but our callbacks are signed.',
            'The address of a source contains a token, and the bot’s token is its password: keep both on servers, and replace one that leaked. Tokens are removed from events before they are stored.',
          ],
        },
      ],
    },
  ],
};
