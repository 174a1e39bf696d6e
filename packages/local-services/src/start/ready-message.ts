/** Composes the message once everything answers: where to go and how to log in, in Chinese and English. */
import type { FirstAdmin } from './first-admin.js';
import type { LaunchSettings } from './launch-settings.js';

export interface ReadyFacts {
  settings: LaunchSettings;
  admin: FirstAdmin;
  /** False on a database that had its admin already, with another password. */
  isPasswordValid: boolean;
  hasApps: boolean;
  logFile: string;
}

export function readyMessage(facts: ReadyFacts): string {
  const { settings, admin, hasApps, logFile } = facts;
  const lines = [
    `控制台 Console    ${settings.publicUrl}`,
    `账号 Email        ${admin.email}`,
    `密码 Password     ${describePassword(facts)}`,
    `日志 Log          ${logFile}`,
    '停止 Stop         Ctrl-C',
  ];
  const offer = [
    '还没有应用，可以先用示例数据看看：',
    'There is no app yet; to look around with sample data:  npm start -- --demo',
  ];
  const blocks = hasApps || settings.isDemo ? [lines] : [lines, offer];
  return blocks.map((block) => `\n${block.map((line) => `  ${line}`).join('\n')}\n`).join('');
}

function describePassword({ admin, isPasswordValid }: ReadyFacts): string {
  if (!isPasswordValid) return '与之前相同 as before (this database had its admin already)';
  if (admin.file === null) return '即 ADMIN_PASSWORD 的值 the value of ADMIN_PASSWORD';
  if (!admin.isNew) return `见文件 see ${admin.file}`;
  return `${admin.password}   (仅显示这一次 shown only now; 保存在 kept in ${admin.file})`;
}
