import { connect } from 'node:net';

const ANSWER_WITHIN_MS = 1_000;

/** Whether a Redis on this port answers; one that is still loading its data does not yet. */
export function pingRedis(port: number, password: string): Promise<boolean> {
  return says(port, password, 'PING', '+PONG');
}

/** Gives all slots to the only node of a cluster, which changes nothing the second time, and asks whether it works. */
export async function ensureClusterWorks(port: number, password: string): Promise<boolean> {
  await says(port, password, 'CLUSTER ADDSLOTSRANGE 0 16383', '+OK\r\n+OK');
  return says(port, password, 'CLUSTER INFO', 'cluster_state:ok');
}

/** Whether Redis's answer to the command has `wanted` in it, before any error. */
function says(port: number, password: string, command: string, wanted: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    const finish = (isUp: boolean) => {
      socket.destroy();
      resolve(isUp);
    };
    socket.setTimeout(ANSWER_WITHIN_MS, () => {
      finish(false);
    });
    socket.on('error', () => {
      finish(false);
    });
    socket.on('close', () => {
      finish(false);
    });
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (answer.includes(wanted)) finish(true);
      else if (/(^|\n)-/.test(answer)) finish(false);
    });
    socket.write(`AUTH ${password}\r\n${command}\r\n`);
  });
}
