/** Lists the commands about groups and topics. */
import { international, type Mapping, type TencentCommand } from './command.js';
import { changes, groupConversation, id, members, text, type Field } from './field-sources.js';
import type { Body } from './read-values.js';

/** The new values, by the names of the payload. */
const INFO: Readonly<Record<string, string>> = {
  Name: 'name',
  Introduction: 'introduction',
  Notification: 'announcement',
  FaceUrl: 'avatarUrl',
};

const infoChanges: Field = {
  ...changes(Object.keys(INFO).join(', '), (body): Body | undefined => {
    const changed = Object.entries(INFO).filter(([name]) => body[name] !== undefined);
    return changed.length > 0
      ? Object.fromEntries(changed.map(([name, field]) => [field, body[name]]))
      : undefined;
  }),
  uses: Object.keys(INFO),
};

function memberExit(event: string, exitType: string): Mapping {
  return {
    event,
    only: { field: 'ExitType', is: [exitType] },
    fields: {
      groupId: id('GroupId'),
      memberIds: members('ExitMemberList'),
      operatorId: id('Operator_Account'),
    },
  };
}

/** Of topics, and of what the catalogue has no event for. */
function unmapped(command: string, page: number): TencentCommand {
  return { command, page: international(page), mappings: [], conversation: groupConversation };
}

export const GROUP_COMMANDS: readonly TencentCommand[] = [
  {
    command: 'Group.CallbackAfterCreateGroup',
    page: international(34369),
    mappings: [
      {
        event: 'group.created',
        fields: {
          groupId: id('GroupId'),
          name: text('Name'),
          ownerId: id('Owner_Account'),
          operatorId: id('Operator_Account'),
        },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterGroupInfoChanged',
    page: international(34378),
    mappings: [
      {
        event: 'group.updated',
        fields: {
          groupId: id('GroupId'),
          name: text('Name'),
          operatorId: id('Operator_Account'),
          changes: infoChanges,
        },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterGroupDestroyed',
    page: international(34377),
    mappings: [
      {
        event: 'group.dismissed',
        fields: { groupId: id('GroupId'), name: text('Name'), ownerId: id('Owner_Account') },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterChangeGroupOwner',
    page: international(60396),
    mappings: [
      {
        event: 'group.owner.changed',
        fields: {
          groupId: id('GroupId'),
          ownerId: id('NewOwner_Account'),
          previousOwnerId: id('OldOwner_Account'),
          operatorId: id('Operator_Account'),
        },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterNewMemberJoin',
    page: international(34372),
    mappings: [
      {
        event: 'group.member.joined',
        fields: {
          groupId: id('GroupId'),
          memberIds: members('NewMemberList'),
          operatorId: id('Operator_Account'),
        },
      },
    ],
    conversation: groupConversation,
  },
  {
    command: 'Group.CallbackAfterMemberExit',
    page: international(34373),
    mappings: [memberExit('group.member.kicked', 'Kicked'), memberExit('group.member.left', 'Quit')],
    conversation: groupConversation,
  },
  unmapped('Group.CallbackAfterGroupFull', 34376),
  // Presence in a live group, which says nothing of the user's presence elsewhere.
  unmapped('Group.CallbackOnMemberStateChange', 48734),
  unmapped('Group.CallbackAfterMemberFieldChanged', 60393),
  unmapped('Group.CallbackAfterGroupAttrChanged', 60394),
  unmapped('Group.CallbackOnDailyGroupQuotaAlarm', 57455),
  unmapped('Group.CallbackAfterCreateTopic', 49464),
  unmapped('Group.CallbackAfterTopicDestroyed', 49465),
  unmapped('Group.CallbackAfterTopicInfoChanged', 49466),
];
