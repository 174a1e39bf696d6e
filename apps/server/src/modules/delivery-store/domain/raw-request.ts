/** A request of an IM server, as it would have gone to a receiver written against that server. */
export interface RawRequest {
  contentType: string;
  body: Buffer;
  /** What the server appends to the path of the address it is given, decoded, without a leading slash. */
  pathSuffix: string | null;
  /** What the server appends to the query, without a leading `?` or `&`. */
  query: string | null;
}
