/** Lists the commands about friends, blacklists, profiles and presence. */
import { international, itemsOf, type TencentCommand } from './command.js';
import { changes, id, millis, platform, profileItem, type Field, type Fields } from './field-sources.js';
import { bodiesOf, textOf, type Body } from './read-values.js';

const friend: Fields = { ownerId: id('From_Account'), friendId: id('To_Account') };
const blocked: Fields = { ownerId: id('From_Account'), blockedUserId: id('To_Account') };
const presence: Fields = { userId: id('Info.To_Account'), platform };

const NICKNAME = 'Tag_Profile_IM_Nick';
const AVATAR = 'Tag_Profile_IM_Image';
/** Tags with a name in the catalogue; the others keep theirs: https://www.tencentcloud.com/document/product/1047/33520 */
const TAGS: Readonly<Record<string, string>> = { [NICKNAME]: 'nickname', [AVATAR]: 'avatarUrl' };

const profileChanges: Field = changes('ProfileItem[]', ({ ProfileItem: list }): Body | undefined => {
  const items = bodiesOf(list)?.flatMap(({ Tag, Value }): [string, unknown][] => {
    const tag = textOf(Tag);
    return tag === undefined ? [] : [[Object.hasOwn(TAGS, tag) ? (TAGS[tag] ?? tag) : tag, Value]];
  });
  return items && items.length > 0 ? Object.fromEntries(items) : undefined;
});

export const RELATION_COMMANDS: readonly TencentCommand[] = [
  {
    command: 'Sns.CallbackFriendAdd',
    page: international(34359),
    mappings: [{ event: 'friend.added', each: itemsOf('PairList'), fields: friend }],
  },
  {
    command: 'Sns.CallbackFriendDelete',
    page: international(34360),
    mappings: [{ event: 'friend.deleted', each: itemsOf('PairList'), fields: friend }],
  },
  {
    command: 'Sns.CallbackBlackListAdd',
    page: international(34361),
    mappings: [
      {
        event: 'blacklist.added',
        each: itemsOf('PairList'),
        fields: { ...blocked, createdAt: millis('EventTime') },
      },
    ],
  },
  {
    command: 'Sns.CallbackBlackListDelete',
    page: international(34362),
    mappings: [{ event: 'blacklist.removed', each: itemsOf('PairList'), fields: blocked }],
  },
  {
    command: 'State.StateChange',
    page: international(34357),
    mappings: [
      { event: 'user.online', only: { field: 'Info.Action', is: ['Login'] }, fields: presence },
      {
        event: 'user.offline',
        only: { field: 'Info.Action', is: ['Logout', 'Disconnect'] },
        fields: presence,
      },
    ],
  },
  {
    command: 'Profile.CallbackPortraitSet',
    page: international(48733),
    mappings: [
      {
        event: 'user.updated',
        fields: {
          userId: id('From_Account'),
          nickname: profileItem(NICKNAME),
          avatarUrl: profileItem(AVATAR),
          changes: profileChanges,
        },
      },
    ],
  },
  { command: 'Follow.CallbackAfterFollowAdd', page: international(70355), mappings: [] },
  { command: 'Follow.CallbackAfterFollowDelete', page: international(70356), mappings: [] },
];
