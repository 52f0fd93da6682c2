const { mkdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, src } = require('gulp');
const { credentials, nodes } = require('./package.json').n8n;

// Without it gulp 5 decodes every file as UTF-8 and would damage a binary one.
const asBytes = { encoding: false };

const copyIcons = () => src('icons/**/*.svg', asBytes).pipe(dest('dist/icons'));

/** The codex of a node, and the shape of its output for mapping before a first run. */
const copyNodeData = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], asBytes).pipe(dest('dist/nodes'));

const BUNDLE = 'dist/bundle.js';
/** The files that n8n loads: each holds the class that it is named after. */
const entries = [...nodes, ...credentials];
const sourceOf = (entry) => entry.replace(/^dist\//, './').replace(/\.js$/, '');

/**
 * All code in one file: as some 80 files it packs to 10 kB more and takes longer to load. One for
 * all entries, since they share the pace of an application and who is under way.
 */
const bundle = () =>
	build({
		stdin: {
			contents: entries.map((entry) => `export * from '${sourceOf(entry)}';`).join('\n'),
			resolveDir: path.resolve(),
		},
		bundle: true,
		platform: 'node',
		target: 'node20',
		packages: 'external',
		outfile: BUNDLE,
		// Shorter words for the same. Names and lines stay, so that it can be read.
		minifySyntax: true,
		charset: 'utf8',
		banner: { js: "'use strict';" },
		logLevel: 'warning',
	});

const writeEntries = () =>
	Promise.all(
		entries.map(async (entry) => {
			const folder = path.posix.dirname(entry);
			await mkdir(folder, { recursive: true });
			const toBundle = path.posix.relative(folder, BUNDLE);
			await writeFile(entry, `module.exports = require('${toBundle}');\n`);
		}),
	);

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.build = parallel(copyIcons, copyNodeData, bundle, writeEntries);
