// node pack.mjs <empty folder>: npm pack into that folder, unpacked to <folder>/package. Prints JSON.
import { spawnSync } from 'node:child_process';
import { runNpm } from '../tools/npm.mjs';

const folder = process.argv[2];
const { code, stdout, output } = await runNpm(['pack', '--json', '--pack-destination', folder], {
	quiet: true,
});
if (code !== 0) throw new Error(`npm pack ended with exit code ${code}:\n${output}`);
const [{ filename, size, files }] = JSON.parse(stdout);

// A name without a folder: to some versions of tar the C: of a Windows path is a remote host.
const tar = spawnSync('tar', ['-xzf', filename], { cwd: folder, encoding: 'utf8' });
if (tar.status !== 0) throw new Error(`tar could not unpack ${filename}: ${tar.stderr}`);

console.log(
	JSON.stringify({ filename, packedBytes: size, files: files.map((file) => file.path).sort() }),
);
