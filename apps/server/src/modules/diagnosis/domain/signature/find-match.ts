/** Tries a signature against keys and candidate messages: without mistakes first, then with one, never two. */
import { hmacSha256Hex } from '@im/contracts/signature-node';
import { mistakenKeys } from './key-forms.js';
import type { KeyForm, Message, NamedKey, SignatureForm } from './signed-request.js';

export interface Match {
  key: NamedKey;
  keyForm: KeyForm;
  message: Message;
  signature: SignatureForm;
}

interface Trial {
  /** Those that should fit first. */
  keys: readonly NamedKey[];
  properKey: (secret: string) => KeyForm;
  properMessage: Message;
  signatures: readonly SignatureForm[];
  /** Made only when nothing simpler fits. */
  otherMessages: () => readonly Message[];
}

/** Every key is tried with every mistake, so expensive bodies are tried with few keys. */
const LARGE_BYTES = 65_536;
/** Hashed bytes at most to find the key of a correct signature: enough for all keys with bodies of 100 KiB. */
const MAX_HASHED_BYTES = 33_554_432;

/** How a signature was made; a mistake in its notation may be combined with any other. */
export function findMatch(trial: Trial): Match | undefined {
  const { keys, properKey, properMessage, signatures } = trial;
  if (signatures.length === 0) return undefined;
  const size = properMessage.bytes.length;
  const possible = keys.slice(0, Math.floor(MAX_HASHED_BYTES / Math.max(size, 1)));
  const likely = keys.slice(0, size > LARGE_BYTES ? 3 : 20);
  return (
    tryAll(possible, (secret) => [properKey(secret)], [properMessage], signatures) ??
    tryAll(likely, mistakenKeys, [properMessage], signatures) ??
    tryAll(likely, (secret) => [properKey(secret)], trial.otherMessages(), signatures)
  );
}

function tryAll(
  keys: readonly NamedKey[],
  formsOf: (secret: string) => KeyForm[],
  messages: readonly Message[],
  signatures: readonly SignatureForm[],
): Match | undefined {
  for (const key of keys) {
    for (const keyForm of formsOf(key.key)) {
      for (const message of messages) {
        const hex = hmacSha256Hex(keyForm.key, message.bytes);
        const signature = signatures.find((each) => each.hex === hex);
        if (signature) return { key, keyForm, message, signature };
      }
    }
  }
  return undefined;
}
