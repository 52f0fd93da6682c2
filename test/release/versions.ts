import type { Finding } from './finding';

export interface VersionTexts {
	packageJson: string;
	packageLock: string;
	changelog: string;
}

/** Whether package.json, package-lock.json and the tag, where there is one, name the same version. */
export function versionFinding({ packageJson, packageLock }: VersionTexts, tag?: string): Finding {
	const { version } = JSON.parse(packageJson) as { version: string };
	const lock = JSON.parse(packageLock) as {
		version: string;
		packages: Record<string, { version: string }>;
	};
	const mend: string[] = [];
	if (!/^\d+\.\d+\.\d+$/.test(version)) {
		mend.push(`package.json: version is ${version}; a release is called like 1.2.3.`);
	}
	if (lock.version !== version || lock.packages['']?.version !== version) {
		mend.push(
			`package-lock.json has another version than package.json (${version}): npm version ${version} --no-git-tag-version --allow-same-version`,
		);
	}
	if (tag !== undefined && tag !== version) {
		mend.push(`The tag is ${tag}, package.json has version ${version}.`);
	}
	return {
		part: 'Version',
		good: `${version} in package.json and package-lock.json`,
		mend,
		toDo: [],
	};
}

interface Section {
	heading: string;
	body: string;
}

/** Whether the newest section of CHANGELOG.md is that of the version, with a date and text. */
export function changelogFinding({ packageJson, changelog }: VersionTexts, today: string): Finding {
	const { version } = JSON.parse(packageJson) as { version: string };
	const sections = sectionsOf(changelog);
	const [newest] = sections;
	const finding = {
		part: 'Changelog',
		good: `CHANGELOG.md tells what is in ${version}`,
		mend: [],
		toDo: [],
	};
	const heading = `## ${version} - ${today}`;
	if (!newest?.body) {
		return { ...finding, mend: ['CHANGELOG.md: the newest section tells nothing.'] };
	}
	if (newest.heading === 'Unreleased') {
		const released = sections.some((section) => namedVersion(section) === version);
		const next = `CHANGELOG.md already has a section for ${version}: set the next version in package.json and package-lock.json (npm version minor --no-git-tag-version).`;
		const date = `CHANGELOG.md: make the heading "## Unreleased" "${heading}".`;
		return { ...finding, toDo: [released ? next : date] };
	}
	if (namedVersion(newest) !== version) {
		return {
			...finding,
			mend: [
				`CHANGELOG.md: the newest section is "${newest.heading}", but package.json has version ${version}.`,
			],
		};
	}
	if (!/ - \d{4}-\d{2}-\d{2}$/.test(newest.heading)) {
		return { ...finding, toDo: [`CHANGELOG.md: give the section its date, "${heading}".`] };
	}
	return finding;
}

/** Newest first, as they stand. */
function sectionsOf(changelog: string): Section[] {
	const [, ...parts] = changelog.split(/^## /m);
	return parts.map((part) => {
		const [heading = '', ...body] = part.split('\n');
		return { heading: heading.trim(), body: body.join('\n').trim() };
	});
}

function namedVersion({ heading }: Section): string | undefined {
	return /^\d+\.\d+\.\d+(?= |$)/.exec(heading)?.[0];
}
