import { sessionBody } from '../../../../nodes/ContactUser/result';
import { contactBody } from '../../../../nodes/ContactUser/contact/verdict';

describe('the body of a request', () => {
	const request = {
		userId: 'user-1',
		customerServiceAccount: '@account',
		agentGroup: null,
		agent: null,
	};

	test('has both spellings of the vendor, with the same value', () => {
		expect(contactBody(request, 'both')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
			IMAgentUserId: '@account',
			ClientUserId: 'user-1',
		});
	});

	test('has only the spelling of the sample, or only that of the table, when asked for', () => {
		expect(contactBody(request, 'sample')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
		});
		expect(contactBody(request, 'table')).toEqual({
			IMAgentUserId: '@account',
			ClientUserId: 'user-1',
		});
	});

	test('has the group as a number and the agent when they were given', () => {
		const asked = { ...request, agentGroup: 1001, agent: 'agent@example.com' };
		expect(contactBody(asked, 'sample')).toEqual({
			IMAgentUserID: '@account',
			ClientUserID: 'user-1',
			GroupId: 1001,
			MemberId: 'agent@example.com',
		});
	});

	test('that asks for the session names the user and the account', () => {
		expect(sessionBody('user-1', '@account')).toEqual({
			ClientUserId: 'user-1',
			CustomerServiceId: '@account',
		});
	});
});
