/** Parses DNS_SERVERS: addresses of name servers, with or without a port. */
import { isIP, isIPv6 } from 'node:net';
import { z } from 'zod';

/** `127.0.0.53`, `10.0.0.2:5353`, `[fd00::53]:53`, `fd00::53`. */
const WITH_PORT = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/;

export const dnsServersSchema = z
  .string()
  .default('')
  .transform((text, context) => {
    const entries = text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean);
    return entries.map((entry) => {
      const server = serverOf(entry);
      if (server === null) {
        context.addIssue({
          code: 'custom',
          message: `"${entry}" is not the address of a name server such as 10.0.0.2:53 or [fd00::53]:53`,
        });
      }
      return server ?? '';
    });
  });

/** @returns as c-ares takes it; null when it is no address */
function serverOf(entry: string): string | null {
  const [, bracketed, plain, port] = WITH_PORT.exec(entry) ?? [];
  const host = bracketed ?? plain ?? entry.replace(/^\[|\]$/g, '');
  const address = host.toLowerCase() === 'localhost' ? '127.0.0.1' : host;
  if (isIP(address) === 0 || (bracketed !== undefined && !isIPv6(bracketed))) return null;
  if (port === undefined) return address;
  if (Number(port) < 1 || Number(port) > 65_535) return null;
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}
