/** Describes why a mail was refused: by nodemailer's code for the step, then by the server's reply. */
import { BlockedAddressError } from '../outgoing-http/guarded-lookup.js';

export interface SmtpFailure {
  replyCode: number | null;
  reply: string | null;
  errorMessage: string;
}

/** What nodemailer adds to an error. */
interface MailError {
  message: string;
  code?: string;
  response?: string;
  responseCode?: number;
}

const MAX_REPLY = 500;

/** @param timeoutMs the deadline when it has passed, else null */
export function describeSmtpFailure(
  error: unknown,
  { host, port }: { host: string; port: number },
  timeoutMs: number | null,
): SmtpFailure {
  const failure: MailError = error instanceof Error ? error : { message: String(error) };
  const reply = failure.response === undefined ? null : shortened(failure.response);
  return {
    replyCode: failure.responseCode ?? null,
    reply,
    errorMessage: sentenceOf(failure, reply, `${host}:${String(port)}`, timeoutMs),
  };
}

function sentenceOf(
  failure: MailError,
  reply: string | null,
  server: string,
  timeoutMs: number | null,
): string {
  if (failure instanceof BlockedAddressError) return `${failure.message}.`;
  if (timeoutMs !== null) return `${server} did not take the mail within ${String(timeoutMs)} ms.`;
  const said = reply ?? shortened(failure.message);
  switch (failure.code) {
    case 'ECONNREFUSED':
      return `${server} refused the connection.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
    case 'ETIMEOUT':
    case 'EDNS':
      return `The host name of ${server} could not be resolved.`;
    case 'EAUTH':
    case 'ENOAUTH':
      return `${server} refused the login: ${said}`;
    case 'ETLS':
      return `TLS with ${server} failed: ${said}`;
    case 'EENVELOPE':
      return `${server} refused the sender or the recipients: ${said}`;
    case 'EMESSAGE':
      return `${server} refused the mail: ${said}`;
    case 'ETIMEDOUT':
      return `${server} did not answer in time.`;
    default:
      return `The mail could not be handed to ${server}: ${said}`;
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > MAX_REPLY ? `${line.slice(0, MAX_REPLY)}…` : line;
}
