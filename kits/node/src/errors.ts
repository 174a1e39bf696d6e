/** Names why a request is refused. */

export type RefusalCode =
  | 'missing_header'
  | 'malformed_header'
  | 'outside_window'
  | 'wrong_signature'
  | 'replayed'
  | 'malformed_body';

/** A request that is not handled; `status` is what to answer. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';
  readonly status: number;

  constructor(
    readonly code: RefusalCode,
    message: string,
  ) {
    super(message);
    this.status = code === 'malformed_body' ? 400 : 401;
  }
}
