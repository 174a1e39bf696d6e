/** Names who writes what to whom: the same few people in every simulated server. */

const PEOPLE = 50;
const GROUPS = 5;
const NICKNAMES = ['林晓', '陈默', '王珂', '赵一鸣', 'Ann <a&b>'];
const TEXTS = [
  '周五下午三点的评审会改到四点,会议室换成 3 楼的 A305。',
  'See you on Friday!',
  '收到,谢谢 🙏',
  '材料已经发到群里,请 <今天> 看完 & 回复。',
];

export interface Line {
  senderId: string;
  nickname: string;
  /** Never the sender. */
  receiverId: string;
  /** Absent: between two people. */
  groupId: string | null;
  text: string;
}

/** Of message n; every fourth is written to a group. */
export function lineOf(serial: number): Line {
  const sender = serial % PEOPLE;
  const receiver = (sender + 1 + (serial % (PEOPLE - 3))) % PEOPLE;
  return {
    senderId: `u${String(1001 + sender)}`,
    nickname: NICKNAMES[serial % NICKNAMES.length] ?? '',
    receiverId: `u${String(1001 + receiver)}`,
    groupId: serial % 4 === 3 ? `g${String(101 + (serial % GROUPS))}` : null,
    text: TEXTS[serial % TEXTS.length] ?? '',
  };
}

/** Everybody in a group, the sender first. */
export function membersOf({ senderId }: Line, count: number): string[] {
  const others = Array.from({ length: count }, (_, index) => `u${String(1001 + index)}`);
  return [senderId, ...others.filter((id) => id !== senderId)].slice(0, count);
}
