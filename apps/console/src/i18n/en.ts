import { access } from './en/access.js';
import { common } from './en/common.js';
import { errors } from './en/errors.js';
import { shell } from './en/shell.js';
import type { CoreMessages } from './zh.js';

/** What the login page and the frame need, loaded first. Every language has the shape of the Chinese one. */
export const en: CoreMessages = { access, common, errors, shell };

// In the same file: each file is a request of its own.
export { default as elementLocale } from 'element-plus/es/locale/lang/en.mjs';
