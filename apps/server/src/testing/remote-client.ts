/** Calls a server that runs as another process. */
import { ApiClient } from './api-client.js';

/** @param url where it listens */
export function remoteClient(url: string): ApiClient {
  return new ApiClient({
    inject: async ({ method, url: path, headers, payload }) => {
      const response = await fetch(url + path, {
        ...{ method, headers, redirect: 'manual' },
        ...(payload !== undefined && { body: payload }),
      });
      const cookies = response.headers.getSetCookie();
      return {
        statusCode: response.status,
        headers: {
          ...Object.fromEntries(response.headers),
          ...(cookies.length > 0 && { 'set-cookie': cookies }),
        },
        payload: await response.text(),
      };
    },
  });
}
