import { codesOf, deskCodes } from '../../../../nodes/shared/desk/codes';
import { describeGatewayCode } from '../../../../nodes/shared/desk/codes';

const DESK = [
	141001, 141003, 141005, 141010, 141011, 141012, 141013, 141015, 141016, 141017, 141018, 141019,
	141020, 141024, 141025, 141026, 141027, 141033,
];

test('the table of the node has the codes of this list, and no others', () => {
	expect(deskCodes().sort()).toEqual(DESK);
});

test.each(DESK)('%s is told in words, and never as a contact that was made', (code) => {
	const { message, advice } = codesOf({})(code);

	expect(message).not.toMatch(/does not know|contact/i);
	expect(`${message} ${advice}`).not.toMatch(/error|fail|problem|mistake/i);
});

test.each([70009, 60007, 141000, 141002, 120_050, 999_999])(
	'%s means what it means for any command',
	(code) => {
		expect(codesOf({})(code)).toEqual(describeGatewayCode(code));
	},
);

test("a command's own page goes first", () => {
	expect(codesOf({ 141005: ['Gone.', 'Look.'] })(141005)).toEqual({
		class: 'request',
		message: 'Gone.',
		advice: 'Look.',
		retryLater: false,
	});
});

test.each([
	[141001, 'No agent could be assigned, since no agent is online.'],
	[141025, 'No agent could be assigned, since all agents are busy.'],
])('nobody free (%s) may be somebody free later', (code, message) => {
	expect(codesOf({})(code)).toMatchObject({ class: 'failed', message, retryLater: true });
});
