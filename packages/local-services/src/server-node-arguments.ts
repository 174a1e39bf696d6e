/**
 * What Node is told wherever the server is started, here and in the image. Left to itself, V8 takes memory as long as the
 * machine has some: under load the process grew to three times what it needs, and no faster for it.
 */
export const SERVER_NODE_ARGUMENTS = [
  '--enable-source-maps',
  '--max-semi-space-size=16',
  '--max-old-space-size=1024',
] as const;
