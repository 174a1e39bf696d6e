import { call } from '../shared/http/call.js';

export const openPortal = (token: string) => call('POST /portal/session', { body: { token } });
