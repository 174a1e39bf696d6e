/** Defines events of a product other than messaging, as a tenant registers them. */

const person = { name: 'Alice Johnson', email: 'alice@example.com', username: 'alice' };
const project = { project_id: 'proj_123', project_name: 'My Project' };
const build = {
  build_id: 'build_123',
  ...project,
  commit_sha: 'abc123def456',
  branch: 'main',
  author: person,
};
const deployment = {
  deployment_id: 'deploy_123',
  build_id: 'build_123',
  ...project,
  environment: 'production',
};
const file = { file_id: 'file_123', ...project, file_path: 'src/Button.jsx', size: 2048, updated_by: person };

const examples: Record<string, Record<string, unknown>> = {
  'project.created': { ...project, author: person },
  'project.updated': { ...project, changes: { name: 'New name' } },
  'project.deleted': project,
  'build.started': { ...build, trigger: 'push', build_config: { node_version: '24.x' } },
  'build.completed': {
    ...build,
    status: 'success',
    duration: 120,
    artifacts: [{ name: 'a.zip', size: 1_024 }],
  },
  'build.failed': { ...build, status: 'failed', error: { type: 'compilation_error', details: { line: 45 } } },
  'deployment.started': deployment,
  'deployment.completed': { ...deployment, status: 'success', url: 'https://project.example.com' },
  'deployment.failed': { ...deployment, status: 'failed' },
  'collaboration.invited': { invitation_id: 'invite_123', ...project, role: 'developer', inviter: person },
  'collaboration.joined': { ...project, member: person },
  'collaboration.left': { ...project, member: person },
  'file.created': file,
  'file.updated': { ...file, changes: { lines_added: 15, lines_removed: 8 } },
  'file.deleted': file,
  'user.login': { user_id: 'user_123', ip_address: '203.0.113.1' },
  'user.logout': { user_id: 'user_123' },
  'security.alert': { alert_id: 'alert_123', severity: 'high', details: { failed_attempts: 5 } },
};

export const familiarEvents = Object.entries(examples).map(([name, example]) => ({
  name,
  example,
  schema: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(example).map(([field, value]) => [field, typeOf(value)])),
    required: Object.keys(example),
  },
}));

function typeOf(value: unknown): { type: string } {
  return { type: Array.isArray(value) ? 'array' : typeof value };
}
