/** Checks that every path and every link in the Markdown pages exists: a file, a folder, a heading. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inRoot, ROOT } from './shared/paths.mjs';

const NOT_OURS = new Set(['.git', '.cache', 'node_modules', 'dist', '.data', 'test-results', 'target']);
/** Patterns of file names and names of packages, not files. */
const PATTERNS = new Set(['kebab.role.ts', 'example/im-callback-kit']);
/** Made by the build or by an installation, not part of the repository. */
const MADE = /^(?:dist|node_modules)\//;
const FILE = /\.(?:[cm]?[jt]s|vue|md|css|sql|json|ya?ml|sh)$/;
const PATH_LIKE = /^[\w.*-]+(?:\/[\w.*-]+)*\/?$/;
const FENCED = /^(`{3,}|~{3,}).*?^\1/gms;

const { files, folders } = listRepository();
const folderNames = new Set(folders.map((folder) => path.posix.basename(folder)));
const pages = files.filter((file) => file.endsWith('.md'));
const faults = pages.flatMap((page) => {
  const text = read(page).replace(FENCED, (block) => block.replace(/[^\n]/g, ''));
  return [...faultsOfPaths(text), ...faultsOfLinks(page, text)].map((fault) => `${page}: ${fault}`);
});

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exitCode = 1;
} else {
  console.log(`${String(pages.length)} pages name nothing that is not there`);
}

function listRepository() {
  const found = { files: [], folders: [] };
  const walk = (folder) => {
    for (const entry of readdirSync(inRoot(folder), { withFileTypes: true })) {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory() && !NOT_OURS.has(entry.name)) {
        found.folders.push(name);
        walk(name);
      } else if (entry.isFile()) {
        found.files.push(name);
      }
    }
  };
  walk('');
  return found;
}

function read(page) {
  return readFileSync(path.join(ROOT, page), 'utf8');
}

/** Names in backticks may omit the folders that the surrounding text is about. */
function faultsOfPaths(text) {
  const named = [...text.matchAll(/`([^`\n]+)`/g)].map(([, name]) => name).filter(isPath);
  return [...new Set(named)].filter((name) => !isThere(name)).map((name) => `\`${name}\` does not exist`);
}

function isPath(name) {
  if (!PATH_LIKE.test(name) || PATTERNS.has(name) || MADE.test(name)) return false;
  const [first, ...rest] = name.split('/');
  return FILE.test(name) || (rest.length > 0 && folderNames.has(first));
}

function isThere(name) {
  const escaped = name.replace(/\/$/, '').replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  const pattern = escaped.replace(/\*\*\/|\*/g, (wildcard) => (wildcard === '*' ? '[^/]*' : '(?:.*/)?'));
  const ending = new RegExp(`(?:^|/)${pattern}$`);
  return (name.endsWith('/') ? folders : [...files, ...folders]).some((one) => ending.test(one));
}

function faultsOfLinks(page, text) {
  const targets = [
    ...text.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g),
    ...text.matchAll(/(?:src|href)="([^"]+)"/g),
  ];
  return targets
    .map(([, target]) => target)
    .filter((target) => !/^(?:[a-z]+:|\/\/)/i.test(target))
    .map((target) => faultOfLink(page, target))
    .filter((fault) => fault !== null);
}

function faultOfLink(page, target) {
  const [to, anchor] = target.split('#', 2);
  const file = to === '' ? page : path.posix.join(path.posix.dirname(page), decodeURI(to));
  if (file.startsWith('..') || !existsSync(path.join(ROOT, file))) return `(${target}) leads nowhere`;
  if (!anchor || !file.endsWith('.md') || statSync(path.join(ROOT, file)).isDirectory()) return null;
  return anchorsOf(file).has(decodeURIComponent(anchor)) ? null : `(${target}) names no heading`;
}

/** As GitHub makes them of headings: the second of two equal ones gets `-1`. */
function anchorsOf(page) {
  const anchors = new Set();
  for (const [, heading] of read(page)
    .replace(FENCED, '')
    .matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)) {
    const words = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
    const slug = words.replace(/[^\p{L}\p{N}\p{M}\s_-]/gu, '').replace(/\s/g, '-');
    let anchor = slug;
    for (let count = 1; anchors.has(anchor); count += 1) anchor = `${slug}-${String(count)}`;
    anchors.add(anchor);
  }
  return anchors;
}
