import { z } from 'zod';
import { defineEvent, field, KEYS_AT_TOP } from './define.js';
import { definePayload } from './fields.js';

export const testPingSchema = definePayload({
  message: field(z.string(), '测试文本。', 'The text of the test.'),
  requestedBy: field(
    z.string(),
    '发起测试的控制台用户。',
    'The console’s user who asked for the test.',
  ).optional(),
});
export type TestPingPayload = z.infer<typeof testPingSchema>;

export const testEvents = [
  defineEvent('test.ping', {
    schema: testPingSchema,
    indexKeys: KEYS_AT_TOP,
    example: {
      message: '这是一条测试回调：能验签并返回 2xx，接入就完成了。',
      requestedBy: 'admin@example.com',
    },
  }),
] as const;
