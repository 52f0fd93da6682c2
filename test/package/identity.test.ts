import { identityFaults, identityOf, withIdentity, type Identity } from '../release/identity';
import { publisherFinding } from '../release/publisher';
import { readTexts } from '../release/texts';

const texts = readTexts();
const CREDENTIAL = 'credentials/TencentDeskApi.credentials.ts';
const CODEX = 'nodes/ContactUser/ContactUser.node.json';
const OWNER: Identity = {
	owner: 'wang-desk',
	repository: 'n8n-nodes-tencent-desk',
	name: "Wáng O'Neill $& Söhne",
	email: 'wang@wang-desk.cn',
};

test('every file names the publisher that package.json names', () => {
	expect(identityFaults(texts)).toEqual([]);
});

test('filling in the publisher changes all that names one, and nothing else', () => {
	const changed = withIdentity(texts, OWNER);
	expect(Object.keys(changed)).toEqual(
		expect.arrayContaining(['LICENSE.md', 'package.json', CREDENTIAL, CODEX]),
	);
	const after = { ...texts, ...changed };
	expect(identityOf(after)).toEqual(OWNER);
	expect(identityFaults(after)).toEqual([]);
	expect(JSON.stringify(after)).not.toContain(identityOf(texts).email);
	expect(after['LICENSE.md']).toMatch(/^Copyright \(c\) \d{4} Wáng O'Neill \$& Söhne$/m);
	expect(after[CREDENTIAL]).toContain(
		'https://github.com/wang-desk/n8n-nodes-tencent-desk#create-the-credential',
	);
	const { author, homepage, repository, bugs, ...others } = JSON.parse(texts['package.json'] ?? '');
	expect(JSON.parse(after['package.json'] ?? '')).toEqual({
		...others,
		author: { name: OWNER.name, email: OWNER.email },
		homepage: 'https://github.com/wang-desk/n8n-nodes-tencent-desk#readme',
		repository: {
			type: 'git',
			url: 'git+https://github.com/wang-desk/n8n-nodes-tencent-desk.git',
		},
		bugs: { url: 'https://github.com/wang-desk/n8n-nodes-tencent-desk/issues' },
	});
	expect([author, homepage, repository, bugs]).not.toContain(undefined);
});

test('it can be filled in again, also with a repository of another name, and back', () => {
	const once = { ...texts, ...withIdentity(texts, OWNER) };
	const moved = { ...OWNER, owner: 'n8n', repository: 'desk.nodes' };
	const twice = { ...once, ...withIdentity(once, moved) };
	expect(identityFaults(twice)).toEqual([]);
	expect(identityOf(twice)).toEqual(moved);
	expect(withIdentity(twice, moved)).toEqual({});
	expect({ ...twice, ...withIdentity(twice, identityOf(texts)) }).toEqual(texts);
});

test('a page whose name only begins like ours is left alone', () => {
	const { owner, repository } = identityOf(texts);
	const page = `https://github.com/${owner}/${repository}`;
	const readme = `${page}-examples, ${page}#install and ${page}/issues.`;
	expect(withIdentity({ ...texts, 'README.md': readme }, OWNER)['README.md']).toBe(
		`${page}-examples, https://github.com/wang-desk/n8n-nodes-tencent-desk#install and https://github.com/wang-desk/n8n-nodes-tencent-desk/issues.`,
	);
});

test.each([
	['package.json', '#readme', '#read', 'package.json: homepage'],
	['package.json', '/issues', '/bugs', 'package.json: bugs.url'],
	['LICENSE.md', /\(c\) \d{4} .*/, '(c) 2026 Somebody Else', 'Somebody Else'],
	[CREDENTIAL, /github\.com\/[^/]+/, 'github.com/somebody', CREDENTIAL],
	[CODEX, /github\.com\/[^/]+/, 'github.com/somebody', CODEX],
	['README.md', /^/, 'https://github.com/somebody/n8n-nodes-tencent-desk ', 'README.md'],
])('%s that names another is told (%s)', (file, from, to, told) => {
	const wrong = { ...texts, [file]: texts[file]?.replace(from, to) ?? '' };
	expect(wrong[file]).not.toBe(texts[file]);
	expect(identityFaults(wrong)).toEqual([expect.stringContaining(told)]);
});

test.each([
	[{ owner: 'wang desk' }, 'no user or organization'],
	[{ owner: 'wang--desk' }, 'no user or organization'],
	[{ repository: 'a/b' }, 'no repository'],
	[{ email: 'wang' }, 'no e-mail address'],
	[{ name: ' ' }, 'no name'],
	[{ name: '<your name>' }, 'no name'],
])('%j is refused', (wrong, told) => {
	expect(() => withIdentity(texts, { ...OWNER, ...wrong })).toThrow(told);
});

test('a repository that npm cannot tell provenance of is refused', () => {
	const packageJson = (texts['package.json'] ?? '').replace('git+https://', 'git://');
	expect(() => identityOf({ ...texts, 'package.json': packageJson })).toThrow(/repository\.url/);
});

describe('the rehearsal of a release', () => {
	const filledIn = { ...texts, ...withIdentity(texts, OWNER) };
	const placeholder = withIdentity(texts, { ...OWNER, email: 'wang@desk.example' });

	test('is content with a publisher that every file names', () => {
		expect(publisherFinding(filledIn)).toMatchObject({ mend: [], toDo: [] });
		expect(publisherFinding(filledIn, 'wang-desk/n8n-nodes-tencent-desk').mend).toEqual([]);
	});

	test('leaves it to do, with the command, as long as nobody is named', () => {
		const { mend, toDo } = publisherFinding({ ...texts, ...placeholder });
		expect(mend).toEqual([]);
		expect(toDo).toEqual([expect.stringContaining('npm run identity -- --owner')]);
	});

	test('tells a repository that package.json does not name, since npm refuses provenance from there', () => {
		const { mend } = publisherFinding(filledIn, 'somebody/n8n-nodes-tencent-desk');
		expect(mend).toEqual([expect.stringContaining('somebody/n8n-nodes-tencent-desk')]);
	});
});
