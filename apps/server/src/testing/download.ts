/** Downloads over a socket, like a browser or curl. */
import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';

/** @returns the response, not yet read */
export async function openDownload(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<IncomingMessage> {
  const request = get(url, { headers: { ...headers }, agent: false });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return response;
}

/** @throws Error when the connection breaks off before the end */
export async function readText(response: IncomingMessage): Promise<string> {
  response.setEncoding('utf8');
  let text = '';
  for await (const chunk of response as AsyncIterable<string>) text += chunk;
  return text;
}
