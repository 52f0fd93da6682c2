import { parseArgs } from 'node:util';
import { identityFaults, identityOf, withIdentity, type Identity } from './identity';
import { COMMAND, isPlaceholder } from './publisher';
import { readTexts, writeTexts } from './texts';

const USAGE = `${COMMAND} [--repository <name, if it is not that of the package>]`;

async function main(): Promise<number> {
	const { values } = parseArgs({
		options: {
			owner: { type: 'string' },
			name: { type: 'string' },
			email: { type: 'string' },
			repository: { type: 'string' },
		},
	});
	return Object.keys(values).length === 0 ? show() : await fillIn(values);
}

function show(): number {
	const texts = readTexts();
	print(identityOf(texts));
	if (isPlaceholder(identityOf(texts))) console.log(`That is nobody yet. To fill it in:\n${USAGE}`);
	const faults = identityFaults(texts);
	for (const fault of faults) console.log(fault);
	return faults.length > 0 ? 1 : 0;
}

async function fillIn({ owner, name, email, repository }: Partial<Identity>): Promise<number> {
	if (!owner || !name || !email) throw new Error('--owner, --name and --email are needed.');
	const texts = readTexts();
	const packageName = (JSON.parse(texts['package.json'] ?? '') as { name: string }).name;
	const next = { owner, name, email, repository: repository ?? packageName };
	const changed = withIdentity(texts, next);
	await writeTexts(changed);
	print(next);
	console.log(`Changed: ${Object.keys(changed).join(', ') || 'nothing, it was so already'}`);
	const faults = identityFaults({ ...texts, ...changed });
	for (const fault of faults) console.log(`By hand: ${fault}`);
	return faults.length > 0 ? 1 : 0;
}

function print({ owner, repository, name, email }: Identity): void {
	console.log(`https://github.com/${owner}/${repository}, by ${name} <${email}>`);
}

main().then(
	(code) => {
		process.exitCode = code;
	},
	(error: Error) => {
		console.error(`${error.message}\n${USAGE}`);
		process.exitCode = 2;
	},
);
