import { access } from './zh/access.js';
import { common } from './zh/common.js';
import { errors } from './zh/errors.js';
import { shell } from './zh/shell.js';

/** What the login page and the frame need, loaded first. Every language has the shape of the Chinese one. */
export const zh = { access, common, errors, shell };
export type CoreMessages = typeof zh;

// In the same file: each file is a request of its own.
export { default as elementLocale } from 'element-plus/es/locale/lang/zh-cn.mjs';
