import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { runSuite } from '../n8n/suite';
import { credential } from './credential';
import { dropDowns } from './dropDowns';
import { finding } from './finding';
import { withLab, type Lab } from './lab';
import { importing, importingWithout } from './importing';
import { operations } from './operations';
import { panel } from './panel';
import { running } from './running';
import { themes } from './themes';
import { tool } from './tool';
import { trigger } from './trigger';

const FAILURES = join('.work', 'ui');

/** What a failed case showed, for the person who has to find out. */
async function keepPicture({ page }: Lab, caseName: string): Promise<void> {
	await mkdir(FAILURES, { recursive: true });
	const path = join(FAILURES, `${caseName.replace(/\W+/g, '-')}.png`);
	await page.screenshot({ path }).then(
		() => console.log(`     picture: ${path}`),
		(error: Error) => console.log(`     no picture: ${error.message}`),
	);
}

/** In this order: a builder begins without a credential, and all after `credential` use the one made there. */
const cases = [
	...finding,
	...panel,
	...importingWithout,
	...credential,
	...dropDowns,
	...operations,
	...trigger,
	...running,
	...themes,
	...tool,
	...importing,
];

void runSuite<Lab>({
	cases,
	withLab,
	beforeEach: ({ simulator }) => simulator.reset(),
	afterFailure: keepPicture,
});
