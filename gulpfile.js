const { rm } = require('node:fs/promises');
const { dest, parallel, src } = require('gulp');

// Without it gulp 5 decodes every file as UTF-8 and would damage a binary one.
const asBytes = { encoding: false };

const copyIcons = () => src('icons/**/*.svg', asBytes).pipe(dest('dist/icons'));

const copyCodex = () => src('nodes/**/*.node.json', asBytes).pipe(dest('dist/nodes'));

exports.clean = () => rm('dist', { recursive: true, force: true });
exports.copy = parallel(copyIcons, copyCodex);
