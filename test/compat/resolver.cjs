const path = require('node:path');

const OF_N8N = /^(n8n-core|n8n-workflow|@n8n\/[^/]+)(\/|$)/;

/**
 * Jest's own way to find a module, with two differences: n8n's packages come from the folder COMPAT_FOLDER
 * whoever asks for them, and what lies in that folder never gets anything from the repository's node_modules,
 * where Node would look next.
 */
module.exports = function resolve(request, options) {
	const folder = process.env.COMPAT_FOLDER;
	const isInside = (file) => !path.relative(folder, file).startsWith('..');
	const comesFromFolder = isInside(options.basedir) || OF_N8N.test(request);
	if (!comesFromFolder) return options.defaultResolver(request, options);

	const basedir = isInside(options.basedir) ? options.basedir : folder;
	const found = options.defaultResolver(request, { ...options, basedir });
	// What Node itself has, has no path.
	if (!path.isAbsolute(found) || isInside(found)) return found;
	// With this code, an import that is allowed to fail (an optional package) still may.
	throw Object.assign(
		new Error(`${request} is not installed in ${folder}; it is needed by ${basedir}`),
		{
			code: 'MODULE_NOT_FOUND',
		},
	);
};
