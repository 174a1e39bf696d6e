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
  defineEvent({
    event: 'test.ping',
    payload: 'TestPingPayload',
    schema: testPingSchema,
    indexKeys: KEYS_AT_TOP,
    description: {
      zh: '在控制台发起测试推送时触发。',
      en: 'Sent when someone asks for a test send in the console.',
    },
    example: {
      message: '这是一条测试回调:能验签并返回 2xx,接入就完成了。',
      requestedBy: 'admin@example.com',
    },
  }),
] as const;
