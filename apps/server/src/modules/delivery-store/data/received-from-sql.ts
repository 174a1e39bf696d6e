/** Reads in SQL who handed an event in. */

/** Over a row of `events`: the id of the source that sent it. An index has the same expression. */
export const SOURCE_ID = `CASE WHEN received_from LIKE 'source:%' THEN substr(received_from, 8)::uuid END`;

/** Over `e`, a row of `events`: the columns of {@link ReceivedFromRow}. */
export const RECEIVED_FROM_COLUMNS = `e.received_from AS "receivedFrom",
  (SELECT json_build_object('name', s.name, 'kind', s.kind, 'isDeleted', s.deleted_at IS NOT NULL) FROM sources s
   WHERE s.app_id = e.app_id AND s.source_id = ${SOURCE_ID}) AS source`;
