// node install.mjs <tarball> <folder>: npm install <tarball> there, as README says. Prints JSON.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { runNpm } from '../tools/npm.mjs';

const [tarball, folder] = process.argv.slice(2);
// Nothing but the tarball is needed, so nothing may be asked of a registry.
const { code, output } = await runNpm(['install', '--offline', tarball], {
	cwd: folder,
	quiet: true,
});
const lock = path.join(folder, 'node_modules', '.package-lock.json');
const packages = code === 0 ? Object.keys(JSON.parse(readFileSync(lock, 'utf8')).packages) : [];
console.log(JSON.stringify({ code, output, packages }));
