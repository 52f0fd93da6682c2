/** The text of every file that names who publishes the package, by its path from the repository's root. */
export type Texts = Record<string, string>;

/** Who publishes the package. package.json has it; everything else follows. */
export interface Identity {
	/** Of the GitHub repository: a user or an organization. */
	owner: string;
	repository: string;
	/** Author, and holder of the copyright. */
	name: string;
	email: string;
}

interface PackageJson {
	name: string;
	author: { name: string; email: string };
	homepage: string;
	repository: { type: string; url: string };
	bugs: { url: string };
}

const ADDRESS = /^git\+https:\/\/github\.com\/([^/]+)\/([^/]+)\.git$/;
/** .../desk is no part of .../desk-examples. */
const NAME_ENDS = '(?![\\w-])';
const COPYRIGHT = /^(Copyright \(c\) \d{4}) (.+)$/m;

/** @throws where package.json names no repository on GitHub */
export function identityOf(texts: Texts): Identity {
	const { author, repository } = packageJsonOf(texts);
	const [, owner, name] = ADDRESS.exec(repository.url) ?? [];
	if (!owner || !name) {
		throw new Error(
			`package.json: repository.url is ${repository.url}; npm needs git+https://github.com/<owner>/<name>.git there.`,
		);
	}
	return { owner, repository: name, name: author.name, email: author.email };
}

/** Where a file names another than package.json does, in sentences. */
export function identityFaults(texts: Texts): string[] {
	const identity = identityOf(texts);
	const page = pageOf(identity);
	const { name, homepage, bugs } = packageJsonOf(texts);
	const holder = COPYRIGHT.exec(texts['LICENSE.md'] ?? '')?.[2];
	const expected = [
		['package.json: homepage', homepage, `${page}#readme`],
		['package.json: bugs.url', bugs.url, `${page}/issues`],
		['LICENSE.md: the holder of the copyright', holder, identity.name],
	];
	return [
		...expected
			.filter(([, is, want]) => is !== want)
			.map(([what, is, want]) => `${what} is ${is}, not ${want}`),
		...documentationLinks(texts)
			.filter(({ url }) => !isOn(page, url))
			.map(({ file, url }) => `${file} links to ${url}, not to ${page}`),
		...foreignPages(texts, name, page),
	];
}

/** The texts that change, so that all of them name another publisher. @throws what cannot be right, in a sentence */
export function withIdentity(texts: Texts, next: Identity): Texts {
	refuseImpossible(next);
	const [from, to] = [pageOf(identityOf(texts)), pageOf(next)];
	const changed = Object.entries(texts).map(([file, text]) => {
		const moved = replacePage(text, from, to);
		if (file === 'package.json') return [file, withAuthor(moved, next)];
		if (file === 'LICENSE.md')
			return [file, moved.replace(COPYRIGHT, (_, years) => `${years} ${next.name}`)];
		return [file, moved];
	});
	return Object.fromEntries(changed.filter(([file = '', text]) => text !== texts[file]));
}

function packageJsonOf(texts: Texts): PackageJson {
	return JSON.parse(texts['package.json'] ?? '{}') as PackageJson;
}

export function pageOf({ owner, repository }: Identity): string {
	return `https://github.com/${owner}/${repository}`;
}

function withAuthor(text: string, { name, email }: Identity): string {
	const packageJson = JSON.parse(text) as PackageJson;
	return `${JSON.stringify({ ...packageJson, author: { name, email } }, null, '\t')}\n`;
}

function replacePage(text: string, from: string, to: string): string {
	return text.replaceAll(new RegExp(`${escaped(from)}${NAME_ENDS}`, 'g'), to);
}

function isOn(page: string, url: string): boolean {
	return new RegExp(`^${escaped(page)}${NAME_ENDS}`).test(url);
}

/** What n8n's editor offers as documentation of nodes and credentials. */
function documentationLinks(texts: Texts): Array<{ file: string; url: string }> {
	return Object.entries(texts)
		.filter(([file]) => /^(nodes|credentials)\//.test(file))
		.flatMap(([file, text]) =>
			[...text.matchAll(/(?<=["'])https:\/\/github\.com\/[^"']+/g)].map(([url]) => ({ file, url })),
		);
}

/** A page that is called as the package is somebody else's copy of it. */
function foreignPages(texts: Texts, packageName: string, page: string): string[] {
	const pages = new RegExp(
		`https://github\\.com/[\\w.-]+/${escaped(packageName)}${NAME_ENDS}`,
		'g',
	);
	return Object.entries(texts)
		.filter(([file]) => !/^(nodes|credentials)\/|^package\.json$/.test(file))
		.flatMap(([file, text]) => [...text.matchAll(pages)].map(([found]) => ({ file, found })))
		.filter(({ found }) => found !== page)
		.map(({ file, found }) => `${file} names ${found}, not ${page}`);
}

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function refuseImpossible({ owner, repository, name, email }: Identity): void {
	if (!/^[a-z\d](-?[a-z\d]){0,38}$/i.test(owner)) {
		throw new Error(
			`"${owner}" is no user or organization of GitHub: letters, digits and single hyphens.`,
		);
	}
	if (!/^[\w.-]{1,100}$/.test(repository)) {
		throw new Error(
			`"${repository}" is no repository of GitHub: letters, digits, ".", "-" and "_".`,
		);
	}
	if (!/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(email))
		throw new Error(`"${email}" is no e-mail address.`);
	if (!name.trim() || /[<>{}\r\n]/.test(name)) {
		throw new Error(
			`"${name}" is no name: one line without < > { }, which n8n's lint takes for a placeholder.`,
		);
	}
}
