/** Compresses JSON and HTML answers on the wire for clients that accept it; streams of events and exports go out as they are. */
import fastifyCompress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';

/** A smaller answer fits into one packet as it is. */
const MIN_BYTES = 1024;
const COMPRESSED_TYPES = /^(application\/([\w.-]+\+)?json|text\/html)(;|$)/;

/** Call before the routes are added. */
export async function compressAnswers(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyCompress, {
    threshold: MIN_BYTES,
    encodings: ['br', 'gzip'],
    customTypes: COMPRESSED_TYPES,
    // Compressed request bodies are refused (415): what arrives is signed and kept as it is.
    globalDecompression: false,
  });
}
