import { signerOf } from '../../../credentials/deskAccount';
import { describeCode } from '../desk/codes';
import type { Ended } from './command';
import type { Line } from './run';
import { read } from './untilKnown';

/** By signer: what a call that changes nothing has shown of the credential in this run. */
export type CredentialChecks = Map<string, Promise<Ended>>;

/**
 * Stands in for a change that is only simulated: nothing is sent but a look at the accounts, once for each signer, which
 * shows whether Desk takes the credential.
 * @returns `done` when it does
 */
export async function simulate(line: Line, checks: CredentialChecks): Promise<Ended> {
	const signer = signerOf(line.credential.account);
	const check =
		checks.get(signer) ??
		read(line, { command: 'get_im_agent_list', body: {}, codes: describeCode });
	checks.set(signer, check);
	const ended = await line.item.slot.rest(check, line.item.run.scheduler.halted);
	if (ended === undefined || ended.kind !== 'done') return ended ?? { kind: 'notTried' };
	return { kind: 'done', answer: {}, shownBy: 'simulation', attempts: 0 };
}
