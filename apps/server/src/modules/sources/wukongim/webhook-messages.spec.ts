import { describe, expect, it } from 'vitest';
import { readEventReq, writeEventResp } from './webhook-messages.js';

function hex(text: string): Buffer {
  return Buffer.from(text.replaceAll(' ', ''), 'hex');
}

describe('EventReq', () => {
  it.each([
    ['0a 01 61 12 02 5b 5d', 'a', '[]'],
    ['12 02 5b 5d 0a 01 61', 'a', '[]'],
    ['', '', ''],
    ['0a 01 61 0a 01 62', 'b', ''],
    ['18 ff ff ff ff ff ff ff ff ff 01 0a 01 61', 'a', ''],
    ['21 00 00 00 00 00 00 00 00 2d 00 00 00 00 32 01 78 0a 01 61', 'a', ''],
    ['08 01 12 01 78', '', 'x'],
  ])('%s', (bytes, event, data) => {
    const request = readEventReq(hex(bytes));
    expect({ ...request, data: request.data.toString() }).toEqual({ event, data });
  });

  it.each([
    ['0a 05 61'],
    ['0a'],
    ['0b'],
    ['80 80 80 80 80 80 80 80 80 80 01'],
    ['12 ff ff ff ff ff ff ff ff 7f'],
  ])('%s is none', (bytes) => {
    expect(() => readEventReq(hex(bytes))).toThrow(RangeError);
  });
});

describe('EventResp', () => {
  it('says Success as 1, and Error by saying nothing', () => {
    expect(writeEventResp({ isStored: true })).toEqual(hex('08 01'));
    expect(writeEventResp({ isStored: false })).toHaveLength(0);
  });
});
