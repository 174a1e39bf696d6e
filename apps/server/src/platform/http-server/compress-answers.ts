/** Compresses JSON and HTML answers on the wire for clients that accept it; streams of events and exports go out as they are. */
import fastifyCompress from '@fastify/compress';
import type { FastifyInstance } from 'fastify';
import { hasShortAnswer } from './body-limit.js';

/** A smaller answer fits into one packet as it is. */
const MIN_BYTES = 1024;
const COMPRESSED_TYPES = /^(application\/([\w.-]+\+)?json|text\/html)(;|$)/;

/** Call before the routes are added. */
export async function compressAnswers(fastify: FastifyInstance): Promise<void> {
  fastify.addHook('onRoute', (route) => {
    if (hasShortAnswer(route.config)) route.compress = false;
  });
  await fastify.register(fastifyCompress, {
    threshold: MIN_BYTES,
    encodings: ['br', 'gzip'],
    customTypes: COMPRESSED_TYPES,
    // Compressed request bodies are refused (415): what arrives is signed and kept as it is.
    globalDecompression: false,
  });
}
