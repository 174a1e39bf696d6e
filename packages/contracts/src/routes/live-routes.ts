import { LAST_EVENT_ID_HEADER } from '../api/live.js';
import { ALL_ROLES, defineRoute } from './route.js';

export const liveRoutes = {
  live: defineRoute({
    operationId: 'watchApp',
    method: 'GET',
    path: '/apps/{appKey}/live',
    tag: 'insights',
    summary: { en: 'What is happening now, as server-sent events', zh: '实时事件流（SSE）' },
    description: {
      en: 'Events: `delivery` (after each attempt), `alert` (each step), `counters` (when they change), `omitted` (under load not everything is sent: how many attempts, and of which deliveries), `reset` (something was missed: reload lists). The stream ends after a minute; `EventSource` comes back by itself with `Last-Event-ID` and misses nothing of the last five minutes. Within two seconds it ends when the session, the token, the member, the tenant or the app that let its reader in does. A process holds up to 20 streams of an app and 200 in all.',
      zh: '事件：`delivery`（每次尝试后）、`alert`（每个步骤）、`counters`（变化时）、`omitted`（高负载时省略的数量及所属投递）、`reset`（有遗漏，请重新加载列表）。流在一分钟后结束，`EventSource` 会携带 `Last-Event-ID` 自动重连，五分钟内不会遗漏。会话、令牌、成员、租户或应用失效时，流在两秒内结束。每个进程最多保持同一应用的 20 个流，总共 200 个。',
    },
    access: { roles: ALL_ROLES, scope: 'deliveries:read' },
    headers: {
      [LAST_EVENT_ID_HEADER]: { en: 'The id of the last event seen.', zh: '最后收到的事件 id。' },
    },
    answer: { status: 200, mediaTypes: ['text/event-stream'] },
    problems: ['too_many_requests'],
  }),
};
