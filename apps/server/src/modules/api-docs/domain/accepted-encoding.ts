/** Chooses the encoding of a compressed file, by the `Accept-Encoding` of a request (RFC 9110, 12.5.3). */

export type FileEncoding = 'br' | 'gzip' | 'identity';

const BY_SIZE = ['br', 'gzip'] as const;

/** @param accepted the header; without it nothing but `identity` is sent */
export function chooseEncoding(accepted = ''): FileEncoding {
  const names = accepted
    .split(',')
    .map((each) => each.replaceAll(/\s/g, '').toLowerCase().split(';'))
    .filter(([, weight]) => weight === undefined || Number(weight.replace('q=', '')) > 0)
    .map(([name]) => name);
  return BY_SIZE.find((encoding) => names.includes(encoding)) ?? 'identity';
}
