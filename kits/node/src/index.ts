/** Exports of the package; frameworks have their own entry points: `im-callback-kit/express`, `/fastify`. */
export { allow, deny, modify, type BeforeAnswer } from './before-answer.js';
export { CallbackError, type RefusalCode } from './errors.js';
export type { HeaderSource } from './headers.js';
export { parseJson, printJson } from './json.js';
export {
  isEvent,
  parseCallbacks,
  type Callback,
  type CallbackFormat,
  type CallbackRequest,
} from './parse.js';
export type * from './payloads.js';
export { createReceiver, type Answer, type Receiver, type ReceiverOptions } from './receiver.js';
export { MemorySeenStore, type Seen, type SeenStore } from './seen-store.js';
export { signRequest, type SignOptions } from './sign.js';
export { verify, type SignatureScheme, type Verified, type VerifyOptions } from './verify.js';
