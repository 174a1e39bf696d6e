/** Tunnels of temporary webhooks, and their requests on the way to a client and back. */
import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = `
  CREATE TABLE tunnels (
    tunnel_id uuid PRIMARY KEY,
    app_id uuid NOT NULL REFERENCES apps,
    -- Stored right afterwards, as its address is that of the tunnel.
    webhook_id uuid NOT NULL,
    -- The stream that gets its requests: the newest one.
    stream_id uuid,
    -- Moved on while a client is connected; without one it stays, and the tunnel is deleted some time later.
    connected_until timestamptz NOT NULL,
    -- A request found no client, or got no answer in time, since a client last connected.
    has_missed boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX tunnels_app_idx ON tunnels (app_id);

  -- Rows of seconds. After a crash it is empty, and the attempts are made again.
  CREATE UNLOGGED TABLE tunnel_requests (
    request_id uuid PRIMARY KEY,
    tunnel_id uuid NOT NULL REFERENCES tunnels ON DELETE CASCADE,
    headers text NOT NULL,
    body bytea NOT NULL,
    timeout_ms integer NOT NULL,
    expires_at timestamptz NOT NULL,
    -- The stream that it was sent over.
    stream_id uuid,
    answered_at timestamptz,
    answer_status smallint,
    answer_headers text,
    answer_body bytea
  );
  CREATE INDEX tunnel_requests_tunnel_idx ON tunnel_requests (tunnel_id, request_id);
`;

export class AddTunnels1763838000000 implements MigrationInterface {
  name = 'AddTunnels1763838000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE tunnel_requests, tunnels');
  }
}
