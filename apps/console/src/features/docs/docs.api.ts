import { call } from '../../shared/http/call.js';

/** Its data are the catalogue's example. */
export const sendExample = (appKey: string, webhookId: string, event: string) =>
  call('POST /apps/{appKey}/webhooks/{webhookId}/test', {
    params: { appKey, webhookId },
    body: { event },
  });
