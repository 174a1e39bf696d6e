/** The pack `trae`: projects, builds, deployments, collaboration, files, users and security. */
import type { PackedEventType, PackOfEventTypes } from './event-type-pack.js';

const alice = { name: 'Alice Johnson', email: 'alice@example.com', username: 'alice_dev' };
const bob = { name: 'Bob Smith', email: 'bob@example.com', username: 'bob_dev' };
const project = { project_id: 'proj_123', project_name: 'My Project' };
const commit = {
  commit_sha: 'abc123def456',
  commit_message: 'Fix bug in authentication',
  branch: 'main',
  author: alice,
};
const build = { build_id: 'build_123', ...project, ...commit };
const startedAt = '2024-01-01T12:00:00Z';
const logsUrl = 'https://app.example.com/projects/proj_123/builds/build_123/logs';
const deployment = { deployment_id: 'deploy_123', build_id: 'build_123', ...project };
const deployed = { started_at: '2024-01-01T12:03:00Z', duration: 120, ...commit, deployed_by: alice };
const file = {
  file_id: 'file_123',
  ...project,
  file_path: 'src/components/Button.jsx',
  file_name: 'Button.jsx',
  file_type: 'javascript',
  size: 2_048,
};
const user = { user_id: 'user_123', username: 'alice_dev', email: 'alice@example.com' };

function eventType(
  name: string,
  zh: string,
  en: string,
  example: Readonly<Record<string, unknown>>,
): PackedEventType {
  return { name, description: { zh, en }, example };
}

const PROJECTS = [
  eventType('project.created', '项目创建', 'A project was created', { ...project, created_by: alice }),
  eventType('project.updated', '项目更新', 'A project was changed', {
    ...project,
    updated_by: alice,
    changes: { project_name: 'My Project' },
  }),
  eventType('project.deleted', '项目删除', 'A project was deleted', { ...project, deleted_by: alice }),
];

const BUILDS = [
  eventType('build.started', '构建开始', 'A build has begun', {
    ...build,
    trigger: 'push',
    started_at: startedAt,
    environment: 'production',
    build_config: { node_version: '18.x', build_command: 'npm run build', output_directory: 'dist' },
  }),
  eventType('build.completed', '构建完成', 'A build has succeeded', {
    ...build,
    status: 'success',
    started_at: startedAt,
    completed_at: '2024-01-01T12:02:00Z',
    duration: 120,
    environment: 'production',
    artifacts: [
      { name: 'build-output.zip', size: 1_024_576, url: 'https://cdn.example.com/build-output.zip' },
    ],
    logs_url: logsUrl,
    deploy_preview_url: 'https://build-123.example.com',
  }),
  eventType('build.failed', '构建失败', 'A build has failed', {
    ...build,
    status: 'failed',
    started_at: startedAt,
    failed_at: '2024-01-01T12:01:30Z',
    duration: 90,
    environment: 'production',
    error: {
      type: 'compilation_error',
      message: 'Compilation failed: Unexpected token in main.js:45',
      details: { file: 'src/main.js', line: 45, column: 12, code: 'SyntaxError' },
    },
    logs_url: logsUrl,
  }),
];

const DEPLOYMENTS = [
  eventType('deployment.started', '部署开始', 'A deployment has begun', {
    ...deployment,
    environment: 'production',
    ...deployed,
  }),
  eventType('deployment.completed', '部署完成', 'A deployment has succeeded', {
    ...deployment,
    environment: 'production',
    status: 'success',
    ...deployed,
    completed_at: '2024-01-01T12:05:00Z',
    url: 'https://my-project.example.com',
    deployment_config: { strategy: 'rolling', instances: 3, health_check_url: '/health' },
  }),
  eventType('deployment.failed', '部署失败', 'A deployment has failed', {
    ...deployment,
    environment: 'production',
    status: 'failed',
    ...deployed,
    failed_at: '2024-01-01T12:05:00Z',
    error: { type: 'health_check_failed', message: 'No instance became healthy' },
  }),
];

const COLLABORATION = [
  eventType('collaboration.invited', '协作邀请', 'Someone was invited', {
    invitation_id: 'invite_123',
    ...project,
    inviter: alice,
    invitee: { email: 'bob@example.com', name: 'Bob Smith' },
    role: 'developer',
    permissions: ['read', 'write', 'build'],
    message: 'Welcome to the team! Looking forward to working with you.',
    expires_at: '2024-01-08T12:00:00Z',
    invitation_url: 'https://app.example.com/invitations/invite_123',
  }),
  eventType('collaboration.joined', '加入协作', 'Someone has joined', {
    ...project,
    member: bob,
    role: 'developer',
  }),
  eventType('collaboration.left', '离开协作', 'Someone has left', { ...project, member: bob }),
];

const FILES = [
  eventType('file.created', '文件创建', 'A file was created', { ...file, created_by: alice }),
  eventType('file.updated', '文件更新', 'A file was changed', {
    ...file,
    updated_by: alice,
    changes: { lines_added: 15, lines_removed: 8, lines_modified: 3 },
    commit_sha: 'abc123def456',
    branch: 'feature/button-improvements',
    diff_url: 'https://app.example.com/projects/proj_123/files/file_123/diff',
  }),
  eventType('file.deleted', '文件删除', 'A file was deleted', { ...file, deleted_by: alice }),
];

const USERS = [
  eventType('user.registered', '用户注册', 'A user has registered', { ...user, registered_at: startedAt }),
  eventType('user.login', '用户登录', 'A user has logged in', { ...user, ip_address: '203.0.113.1' }),
  eventType('user.logout', '用户登出', 'A user has logged out', user),
  eventType('security.alert', '安全警报', 'Something suspicious was noticed', {
    alert_id: 'alert_123',
    alert_type: 'suspicious_login',
    severity: 'high',
    title: 'Suspicious login attempt detected',
    description: 'Multiple failed login attempts from unusual location',
    user,
    details: { ip_address: '203.0.113.1', failed_attempts: 5, time_window: '5 minutes' },
    actions_taken: ['account_locked', 'notification_sent'],
    recommended_actions: ['change_password', 'enable_2fa', 'review_account_activity'],
  }),
];

export const TRAE_PACK: PackOfEventTypes = {
  name: 'trae',
  description: {
    zh: '项目、构建、部署、协作、文件、用户与安全事件',
    en: 'Events of projects, builds, deployments, collaboration, files, users and security',
  },
  eventTypes: [...PROJECTS, ...BUILDS, ...DEPLOYMENTS, ...COLLABORATION, ...FILES, ...USERS],
};
