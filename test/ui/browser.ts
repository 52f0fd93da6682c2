import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import type { Sandbox } from '../n8n/sandbox';
import { withProgress } from '../tools/progress.mjs';

const VARIABLE = 'TENCENT_DESK_CHROMIUM';
const PROGRAMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const USUAL_PLACES = [
	'/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
	'/Applications/Chromium.app/Contents/MacOS/Chromium',
	...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
		.filter((folder) => folder !== undefined)
		.flatMap((folder) => [
			join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
			join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
		]),
];
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-noto-cjk'];

/**
 * The path of a Chromium or Chrome; on a Debian where we are root, it is installed when there is none.
 * @throws with what to install when there is none and we cannot install it
 */
export async function ensureBrowser(
	sandbox: Sandbox,
	say: (line: string) => void,
): Promise<string> {
	const wanted = process.env[VARIABLE];
	if (wanted !== undefined && wanted !== '') {
		if (existsSync(wanted)) return wanted;
		throw new Error(`${VARIABLE} names ${wanted}, where no file is.`);
	}
	const found = findBrowser();
	if (found !== undefined) return found;
	if (canInstall()) {
		say(`No browser found: installing ${PACKAGES.join(', ')} with apt-get, once.`);
		await install(sandbox);
		const installed = findBrowser();
		if (installed !== undefined) return installed;
	}
	throw new Error(
		`No browser found. Install Chromium or Google Chrome, or set ${VARIABLE} to the path of one.`,
	);
}

function findBrowser(): string | undefined {
	const folders = (process.env.PATH ?? '').split(delimiter);
	const onPath = PROGRAMS.flatMap((program) => folders.map((folder) => join(folder, program)));
	return [...onPath, ...USUAL_PLACES].find((file) => existsSync(file));
}

function canInstall(): boolean {
	return (
		process.getuid?.() === 0 && existsSync('/etc/debian_version') && existsSync('/usr/bin/apt-get')
	);
}

async function install(sandbox: Sandbox): Promise<void> {
	const aptGet = (step: string, args: string[]) =>
		withProgress(step, () =>
			sandbox.run({
				command: 'apt-get',
				args,
				cwd: sandbox.folder,
				env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
				logFile: join(sandbox.folder, 'install-browser.log'),
			}),
		);
	await aptGet('Package lists', ['update']);
	await aptGet('Browser and fonts', ['install', '-y', '--no-install-recommends', ...PACKAGES]);
}
