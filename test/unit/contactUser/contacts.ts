import { describeContactCode, type ContactRequest } from '../../../nodes/ContactUser/contact';
import { makeReport, type ContactReport, type Outcome } from '../../../nodes/ContactUser/report';
import type { Ended } from '../../../nodes/shared/delivery/command';
import { judge } from '../../../nodes/shared/desk/judge';
import type { DeskReply } from '../../../nodes/shared/desk/reply';
import { done } from '../replies';

export const OUTCOMES: Outcome[] = [
	'contacted',
	'agentUnavailable',
	'configurationError',
	'userUnavailable',
	'failed',
	'unconfirmed',
];

export const REQUEST: ContactRequest = {
	userId: 'user-1',
	customerServiceAccount: '@account',
	agentGroup: 1001,
	agent: 'agent@example.com',
};

/** How a contact ends that is sent once and gets this reply. */
export function endedBy(reply: DeskReply): Ended {
	const verdict = judge(reply, describeContactCode);
	return verdict.next === 'done'
		? { kind: 'done', answer: verdict.answer, shownBy: 'answer', attempts: 1 }
		: {
				kind: 'failed',
				finding: verdict.finding,
				mayBeDone: verdict.next === 'unclear',
				attempts: 1,
			};
}

/** A report where only these fields matter. */
export function reportOf(fields: Partial<ContactReport>): ContactReport {
	const report = makeReport(
		{ request: REQUEST, ended: endedBy(done) },
		{ includeSession: false, simulateOnly: false },
	);
	return { ...report, ...fields };
}
