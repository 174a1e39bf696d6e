/** Lets people of a simulated WuKongIM come and go: `uid-device-online-connection-devices-connections`. */

const PEOPLE = 20;
const PHONE = 0;

export class Statuses {
  private readonly connections = new Map<string, number>();
  private lastConnection = 0;

  /** The change that follows message n: a user who is away comes, or one who is there leaves. */
  change(serial: number): string {
    const uid = `u${String(1001 + (serial % PEOPLE))}`;
    const open = this.connections.get(uid);
    if (open !== undefined) {
      this.connections.delete(uid);
      return `${uid}-${String(PHONE)}-0-${String(open)}-0-0`;
    }
    const connection = ++this.lastConnection;
    this.connections.set(uid, connection);
    return `${uid}-${String(PHONE)}-1-${String(connection)}-1-1`;
  }
}
