/** Finds what is known of a command of OpenIM, by its name of any version. */
import { CONVERSATION_COMMANDS } from './conversations.js';
import { groupConversation, may, only, text, type OpenimCommand } from './describe.js';
import { GROUP_COMMANDS } from './groups.js';
import { MESSAGE_COMMANDS } from './messages.js';
import { PEOPLE_COMMANDS } from './people.js';

/** Every command of the newest version, in the order of the guide. */
export const OPENIM_COMMANDS: readonly OpenimCommand[] = [
  ...MESSAGE_COMMANDS,
  ...PEOPLE_COMMANDS,
  ...GROUP_COMMANDS,
  ...CONVERSATION_COMMANDS,
];

/** Versions 3.4 to 3.6 have other names for these. */
export const OLDER_NAMES: Readonly<Record<string, string>> = {
  callbackMsgModifyCommand: 'callbackBeforeMsgModifyCommand',
  callbackSingleMsgRead: 'callbackAfterSingleMsgReadCommand',
  callbackGroupMsgReadCommand: 'callbackAfterGroupMsgReadCommand',
  callbackOfflinePushCommand: 'callbackBeforeOfflinePushCommand',
  callbackOnlinePushCommand: 'callbackBeforeOnlinePushCommand',
  callbackSuperGroupOnlinePushCommand: 'callbackBeforeGroupOnlinePushCommand',
  callbackUserOnlineCommand: 'callbackAfterUserOnlineCommand',
  callbackUserOfflineCommand: 'callbackAfterUserOfflineCommand',
  callbackUserKickOffCommand: 'callbackAfterUserKickOffCommand',
  callbackQuitGroupCommand: 'callbackAfterQuitGroupCommand',
  callbackKillGroupCommand: 'callbackAfterKickGroupCommand',
  callbackDisMissGroupCommand: 'callbackAfterDisMissGroupCommand',
  callbackTransferGroupOwnerAfter: 'callbackAfterTransferGroupOwnerCommand',
};

/** Until 3.7: one member, where 3.8 has a list in `callbackBeforeMembersJoinGroupCommand`. */
export const OLDER_MEMBER_JOIN: OpenimCommand = {
  command: 'callbackBeforeMemberJoinGroupCommand',
  configKey: 'beforeMemberJoinGroup',
  phase: 'before',
  since: null,
  event: 'group.member.joined',
  fields: { groupId: text('groupID'), memberIds: only('userID') },
  conversation: groupConversation('groupID'),
  changes: [
    may('text', 'nickname'),
    may('text', 'faceURL'),
    may('integer', 'roleLevel'),
    may('long integer', 'muteEndTime'),
    may('text', 'ex', 'extra.openim.ex'),
  ],
};

/** Names differ in case between versions, and some lack the last word. */
const keyOf = (name: string) => name.toLowerCase().replace(/command$/, '');

const byKey = new Map(
  [...OPENIM_COMMANDS, OLDER_MEMBER_JOIN].map((command) => [keyOf(command.command), command]),
);
for (const [older, now] of Object.entries(OLDER_NAMES)) {
  const command = byKey.get(keyOf(now));
  if (command) byKey.set(keyOf(older), command);
}

const MAX_NAME_LENGTH = 100;

export function findCommand(name: string): OpenimCommand | undefined {
  return name.length > MAX_NAME_LENGTH ? undefined : byKey.get(keyOf(name));
}

/**
 * A command of another version or build, of which only the name is known: it is handed on with its body.
 *
 * @returns null: not even the name is of OpenIM's form
 */
export function commandByName(name: string): OpenimCommand | null {
  return name.length > MAX_NAME_LENGTH || !/^callback[a-z]/i.test(name) ? null : unknownCommand(name);
}

/** As {@link commandByName}, of any name that can be read; what it is of is known from elsewhere. */
export function commandByAnyName(name: string): OpenimCommand | null {
  return name.length > MAX_NAME_LENGTH || !/^[a-z][\w.:/-]*$/i.test(name) ? null : unknownCommand(name);
}

function unknownCommand(name: string): OpenimCommand {
  return {
    command: name,
    configKey: '',
    phase: /^(?:callback)?before/i.test(name) ? 'before' : 'after',
    since: null,
    event: null,
    fields: {},
    changes: [],
  };
}
