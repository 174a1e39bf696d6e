/**
 * Defines the arguments of Node for the server, here and in the image. By default V8 uses all memory of the machine:
 * under load the process grew to three times what it needs, without being faster.
 */
export const SERVER_NODE_ARGUMENTS = ['--max-semi-space-size=16', '--max-old-space-size=1024'] as const;
