/** Questions of Tencent Cloud Chat, written from the field tables of the vendor's pages. */

export const C2C = {
  CallbackCommand: 'C2C.CallbackBeforeSendMsg',
  From_Account: 'wang',
  To_Account: 'ann',
  MsgSeq: 48_374,
  MsgRandom: 283,
  MsgTime: 1_764_489_600,
  MsgKey: '48374_283_1764489600',
  MsgBody: [{ MsgType: 'TIMTextElem', MsgContent: { Text: 'buy now' } }],
  CloudCustomData: 'mine',
};
export const GROUP = {
  CallbackCommand: 'Group.CallbackBeforeSendMsg',
  GroupId: 'g1',
  Type: 'Public',
  From_Account: 'wang',
  Random: 5,
  MsgId: '144115-1764489600-5',
  MsgBody: C2C.MsgBody,
  EventTime: '1764489600700',
};
export const APPLY = {
  GroupId: 'g1',
  Type: 'Public',
  Requestor_Account: 'ann',
  EventTime: 1_764_489_600_700,
};
export const INVITE = {
  GroupId: 'g1',
  Type: 'Public',
  Operator_Account: 'ann',
  DestinationMembers: [{ Member_Account: 'bob' }, { Member_Account: 'cyd' }],
};
export const CREATE = {
  Operator_Account: 'ann',
  Owner_Account: 'ann',
  Type: 'Public',
  Name: 'Plans',
  MemberList: [],
};
export const ADD = {
  Requester_Account: 'ann',
  From_Account: 'ann',
  FriendItem: [{ To_Account: 'bob', AddWording: 'It is Ann' }],
  AddType: 'Add_Type_Both',
};
export const RESPOND = {
  Requester_Account: 'bob',
  From_Account: 'bob',
  ResponseFriendItem: [{ To_Account: 'ann', ResponseAction: 'Response_Action_AgreeAndAdd' }],
};
export const rejecting = {
  ...RESPOND,
  ResponseFriendItem: [{ To_Account: 'ann', ResponseAction: 'Response_Action_Reject' }],
};
