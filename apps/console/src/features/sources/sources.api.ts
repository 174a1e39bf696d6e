import type { SourceOutcome } from '@im/contracts/api/source-constants';
import type {
  CreateSourceRequest,
  SendSourceMessageRequest,
  Source,
  UpdateSourceRequest,
} from '@im/contracts/api/sources';
import { call } from '../../shared/http/call.js';

export const listSources = (appKey: string, cursor: string | undefined, signal: AbortSignal) =>
  call('GET /apps/{appKey}/sources', { params: { appKey }, query: { limit: 100, cursor }, signal });
export const createSource = (appKey: string, body: CreateSourceRequest) =>
  call('POST /apps/{appKey}/sources', { params: { appKey }, body });
export const getSource = (appKey: string, sourceId: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/sources/{sourceId}', { params: { appKey, sourceId }, signal });
export const updateSource = ({ appKey, sourceId }: Source, body: UpdateSourceRequest) =>
  call('PATCH /apps/{appKey}/sources/{sourceId}', { params: { appKey, sourceId }, body });
export const deleteSource = ({ appKey, sourceId }: Source) =>
  call('DELETE /apps/{appKey}/sources/{sourceId}', { params: { appKey, sourceId } });

export const revealToken = ({ appKey, sourceId }: Source) =>
  call('POST /apps/{appKey}/sources/{sourceId}/token/reveal', { params: { appKey, sourceId } });
export const stageToken = ({ appKey, sourceId }: Source) =>
  call('POST /apps/{appKey}/sources/{sourceId}/token/stage', { params: { appKey, sourceId } });
export const activateToken = ({ appKey, sourceId }: Source, overlapSeconds: number) =>
  call('POST /apps/{appKey}/sources/{sourceId}/token/activate', {
    params: { appKey, sourceId },
    body: { overlapSeconds },
  });

export const listRequests = (
  appKey: string,
  sourceId: string,
  query: { limit: number; outcome?: SourceOutcome | '' },
  signal: AbortSignal,
) => call('GET /apps/{appKey}/sources/{sourceId}/requests', { params: { appKey, sourceId }, query, signal });
export const getSnippet = ({ appKey, sourceId }: Source, version: string, signal: AbortSignal) =>
  call('GET /apps/{appKey}/sources/{sourceId}/snippet', {
    params: { appKey, sourceId },
    query: { version },
    signal,
  });
export const playTest = ({ appKey, sourceId }: Source) =>
  call('POST /apps/{appKey}/sources/{sourceId}/test', { params: { appKey, sourceId } });
export const checkConfig = ({ appKey, sourceId }: Source, text: string) =>
  call('POST /apps/{appKey}/sources/{sourceId}/check-config', {
    params: { appKey, sourceId },
    body: { text },
  });

export const sendMessage = ({ appKey, sourceId }: Source, body: SendSourceMessageRequest) =>
  call('POST /apps/{appKey}/sources/{sourceId}/messages', { params: { appKey, sourceId }, body });
export const listMessages = (
  appKey: string,
  sourceId: string,
  cursor: string | undefined,
  signal: AbortSignal,
) =>
  call('GET /apps/{appKey}/sources/{sourceId}/messages', {
    params: { appKey, sourceId },
    query: { limit: 20, cursor },
    signal,
  });
