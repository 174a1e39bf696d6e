/** Makes in SQL the ids that the service makes in its own code. */

/** A UUIDv7 (RFC 9562) of an instant. */
export const ID_AT = `
  CREATE FUNCTION pg_temp.id_at(at timestamptz) RETURNS uuid LANGUAGE sql VOLATILE AS $$
    SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7'
      || substr(md5(random()::text || clock_timestamp()::text), 1, 3) || '8' || substr(md5(random()::text), 1, 15))::uuid $$`;

/** The callback's id, computed from `event_id` and `webhook_id` as the service does. */
export const CALLBACK_ID = `(
  SELECT encode(set_byte(set_byte(named, 6, get_byte(named, 6) & 15 | 128), 8, get_byte(named, 8) & 63 | 128), 'hex')::uuid
  FROM (SELECT substring(uuid_send(event_id) FOR 6)
    || substring(sha256(uuid_send(event_id) || uuid_send(webhook_id)) FROM 7 FOR 10) AS named) AS digest)`;
