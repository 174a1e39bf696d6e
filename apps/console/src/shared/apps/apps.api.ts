import { call } from '../http/call.js';

/** For choosing apps by their names. */
export const listAppNames = (signal: AbortSignal) => call('GET /apps', { query: { limit: 200 }, signal });
export const getApp = (appKey: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}', { params: { appKey }, signal });
export const revealAppSecret = (appKey: string) =>
  call('POST /apps/{appKey}/secret/reveal', { params: { appKey } });
