/** Defines how a body of OpenIM is made for a test. Fields stand in OpenIM's own order. */

export type SampleBody = Readonly<Record<string, unknown>>;

export interface SampleIds {
  serverMsgID: string;
  clientMsgID: string;
  operationID: string;
  /** Milliseconds. */
  now: number;
}

export type MakeBody = (command: string, ids: SampleIds) => SampleBody;
export type Bodies = Readonly<Record<string, MakeBody>>;

/** Of most commands: its name, then fields that are the same in every test. */
export function fixed(fields: SampleBody): MakeBody {
  return (callbackCommand) => ({ callbackCommand, ...fields });
}

/** As {@link fixed}, with the id of the operation in between. */
export function fixedWithOperation(fields: SampleBody): MakeBody {
  return (callbackCommand, { operationID }) => ({ callbackCommand, operationID, ...fields });
}
