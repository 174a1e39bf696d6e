/** Defines what each kind of IM server implements: reading its requests, answering them, and explaining how to set it up. */
import type { ConfigFinding, SourceSnippet } from '@im/contracts/api/sources';
import type { SourceKind } from '@im/contracts/api/source-constants';

/** A request of an IM server, as it came. */
export interface SourceRequest {
  method: string;
  /** What follows the token, decoded, without slashes at its ends: `callbackAfterSendSingleMsgCommand`, or empty. */
  path: string;
  /** As sent, without the `?`. */
  query: string;
  /** Names in lower case, repeated ones joined by commas. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  receivedAt: Date;
}

export interface SourceAnswer {
  status: number;
  /** null: an empty body. */
  contentType: string | null;
  body: string;
}

/** What a request says, in terms of the catalogue. */
export interface SourceEvent {
  /** A name of the catalogue, or `<kind>.<command>` for what has no mapping. */
  event: string;
  /** null: when it was received. */
  occurredAt: Date | null;
  /** Events of one conversation keep their order; null: none is named. */
  conversationId: string | null;
  /** JSON text of an object. Of a catalogue event it fits the event's schema; numbers are written digit by digit. */
  payload: string;
  /** The same, parsed: ids are read from it. */
  data: Readonly<Record<string, unknown>>;
  /** By what a repetition of it is found; null: it is never taken for one. */
  repeat: SourceRepeat | null;
}

/** Events of one source with the same key, at most that far apart, are one. */
export interface SourceRepeat {
  key: string;
  /** null: however far apart. */
  withinMs: number | null;
  /** Of a message whose recipients come in several requests: which of them; each is an event of its own. */
  part?: string;
}

/** A question that an IM server waits for the answer of. */
export interface BeforeQuestion {
  /** The name of the event that would follow, or `<kind>.<command>`. */
  event: string;
  conversationId: string | null;
  /** JSON text, as of {@link SourceEvent.payload}. */
  payload: string;
}

/** How a before-callback was decided. */
export interface SourceDecision {
  decision: 'allow' | 'deny' | 'modify';
  code: number | null;
  reason: string | null;
  /** By field names of the question's payload; only with `modify`. */
  changes: Readonly<Record<string, unknown>> | null;
  /** A receiver of format `raw` answered in the server's own form, which is passed on as it is once it is valid. */
  rawAnswer: string | null;
}

export type SourceReading =
  /** `command` names what was sent, for the log: `callbackAfterSendSingleMsgCommand`, `msg.notify`. */
  | { kind: 'events'; command: string; events: SourceEvent[] }
  | {
      kind: 'before';
      command: string;
      question: BeforeQuestion;
      /** Milliseconds after which the server would give up; the answer must be there earlier. */
      patienceMs: number;
      answer: (decision: SourceDecision) => SourceAnswer;
      /** Reads the answer of a receiver that was written for this server; null: it is no such answer. */
      readRawAnswer?: (text: string) => SourceDecision | null;
    }
  /** It cannot be read, or it is nothing that the kind sends. */
  | { kind: 'not_understood'; command: string | null; reason: string }
  /** It is not from the server it claims to be from. */
  | { kind: 'rejected'; command: string | null; reason: string };

/** The source's settings with its secrets opened; each kind reads its own. */
export interface OpenedSourceSettings {
  version?: string;
  grpcAuthority?: string | null;
  address?: string | null;
  botId?: string | null;
  botToken?: string | null;
  sdkAppId?: string | null;
  authToken?: string | null;
}

/** Implemented once for each kind, without state. */
export interface SourceAdapter {
  readonly kind: SourceKind;
  /** Whether the server sends a request again that it had no answer of, so that the same bytes may be a repetition. */
  readonly resends: boolean;
  /** Never throws: what cannot be read is `not_understood`. */
  read(request: SourceRequest, settings: OpenedSourceSettings): SourceReading;
  /** The answer that lets the server go on: of events that are stored, and of everything that is not understood or refused. */
  allow(request: SourceRequest): SourceAnswer;
  /** The answer while the database is away: what makes the server try again, if it ever does; else that lets it go on. */
  unavailable(request: SourceRequest): SourceAnswer;
  /** The request without tokens of people and bots, in the bytes that are kept or delivered as they came. */
  redact(request: SourceRequest): SourceRequest;
  /** What the server would have appended to the address of a receiver, for the format `raw`. */
  appended(request: SourceRequest): { pathSuffix: string | null; query: string | null };
  /** @param url the source's address, with its token */
  snippet(url: string, version: string | undefined, settings: OpenedSourceSettings): SourceSnippet;
  /**
   * A request as a real server sends it, for tests from the console.
   *
   * @param command absent: the kind's message
   * @returns null: no such command
   */
  sample(command: string | undefined, settings: OpenedSourceSettings, now: Date): SourceRequest | null;
  /** Names the mistakes in a configuration file of the server; absent: this kind has none to check. */
  checkConfig?(text: string, url: string): ConfigFinding[];
}
