// Answers each question on stdin by the Node sample: node vectors.mjs <directory of the sample>
import { createInterface } from 'node:readline';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const { sign, isGenuine } = await import(pathToFileURL(path.resolve(process.argv[2], 'signature.mjs')).href);

for await (const line of createInterface({ input: process.stdin })) {
  // A field without a value is an absent header.
  const fields = line
    .split(' ')
    .map((field) => (field === '~' ? undefined : Buffer.from(field.slice(1), 'base64')));
  const [secret, appKey, timestamp, nonce] = fields.slice(0, 4).map((field) => field?.toString());
  const [body, header, signature, nowMs] = fields.slice(4);
  const headers = {
    'x-app-key': appKey,
    'x-app-timestamp': timestamp,
    'x-app-nonce': nonce,
    [String(header).toLowerCase()]: signature?.toString(),
  };
  const isAccepted = isGenuine(secret, headers, body, Number(String(nowMs)));
  console.log(`${signed(secret, appKey ?? '', timestamp ?? '', nonce ?? '', body)} ${String(isAccepted)}`);
}

function signed(...input) {
  try {
    return sign(...input);
  } catch {
    return 'refused';
  }
}
