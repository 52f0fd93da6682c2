import type { ContactReport } from './report';

type Words = Partial<Pick<ContactReport, 'message' | 'advice'>>;

/**
 * What a model reads of a report, under the same field names. `message` becomes one sentence that it may tell the
 * user: whether a live agent was reached, without login names or settings. What helps to mend something is `advice`.
 */
export function toolAnswer(report: ContactReport): ContactReport {
	return { ...report, ...wordsFor(report) };
}

function wordsFor({ outcome, message, advice, errorCode, agent }: ContactReport): Words {
	// All sentences about agents and users begin with an article.
	const cause = message.charAt(0).toLowerCase() + message.slice(1);
	// For the model too, since it may have filled in what is wrong.
	const details = `For you and the owner of the workflow, not for the user: ${message} ${advice}`;
	switch (outcome) {
		case 'contacted':
			return errorCode === 0 ? { message: 'A live agent now contacts the user.' } : {};
		case 'agentUnavailable': {
			const who = agent === null ? 'No live agent is' : 'The chosen agent is not';
			return { message: `${who} available, so the user was not contacted: ${cause}` };
		}
		case 'userUnavailable':
			return { message: `No new contact was made: ${cause}` };
		case 'configurationError':
			return {
				message: 'The user was not contacted, since the request or its setup is not right.',
				advice: details,
			};
		case 'failed':
			return {
				message: 'The user was not contacted, since the request did not succeed.',
				advice: details,
			};
		case 'unconfirmed':
			return {
				message: 'It is not known whether a live agent contacts the user.',
				advice: `Do not call again for this user. ${details}`,
			};
	}
}
