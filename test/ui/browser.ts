import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { findProgram, installPackages } from '../tools/debian.mjs';

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
export async function ensureBrowser(): Promise<string> {
	const wanted = process.env[VARIABLE];
	if (wanted !== undefined && wanted !== '') {
		if (existsSync(wanted)) return wanted;
		throw new Error(`${VARIABLE} names ${wanted}, where no file is.`);
	}
	if (findBrowser() === undefined) await installPackages(PACKAGES, 'the browser tests');
	const found = findBrowser();
	if (found !== undefined) return found;
	throw new Error(
		`No browser found. Install Chromium or Google Chrome, or set ${VARIABLE} to the path of one.`,
	);
}

function findBrowser(): string | undefined {
	const onPath = PROGRAMS.map((program) => findProgram(program));
	return onPath.find((file) => file !== undefined) ?? USUAL_PLACES.find((file) => existsSync(file));
}
