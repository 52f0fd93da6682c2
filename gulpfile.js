const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

// Without it gulp 5 decodes every file as UTF-8 and would damage a binary one.
const asBytes = { encoding: false };

const copyIcons = () => src('icons/**/*.svg', asBytes).pipe(dest('dist/icons'));

/** The codex of a node, and the shape of its output for mapping before a first run. */
const copyNodeData = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json'], asBytes).pipe(dest('dist/nodes'));

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.copy = parallel(copyIcons, copyNodeData);
