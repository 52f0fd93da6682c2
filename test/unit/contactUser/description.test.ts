import { NodeHelpers, type INode } from 'n8n-workflow';

import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { hasSingleOutput } from '../../../nodes/ContactUser/outputs';
import { createWorkflow, node } from '../../engine/testWorkflow';

/** What n8n's engine and editor work out of the description for a node: the labels of its outputs. */
function labelsOf(parameters: INode['parameters'], onError?: INode['onError']) {
	const contactUser = node('Contact User', 'contactUser', { parameters, onError });
	const type = new ContactUser();
	const { workflow } = createWorkflow([contactUser], {}, { contactUser: type });
	return NodeHelpers.getNodeOutputs(workflow, contactUser, type.description).map((output) =>
		typeof output === 'string' ? output : `${output.type}: ${output.displayName}`,
	);
}

const FOUR = ['main: Contacted', 'main: No Agent', 'main: Config Error', 'main: Other'];

test('a node has four outputs, and one more for Continue (using error output)', () => {
	expect(labelsOf({})).toEqual(FOUR);
	expect(labelsOf({ options: { timeout: 5000 } }, 'continueErrorOutput')).toEqual([
		...FOUR,
		'main: Error',
	]);
});

test('with Single Output it has one, which n8n calls Success where it adds its Error output', () => {
	expect(labelsOf({ options: { singleOutput: true } })).toEqual(['main: All Outcomes']);
	expect(labelsOf({ options: { singleOutput: true } }, 'continueErrorOutput')).toEqual([
		'main: Success',
		'main: Error',
	]);
});

test('another option whose expression cannot be read without an item takes no output away', () => {
	const options = { timeout: '={{ $json.missing.field }}', maxRetries: "={{ $('Nowhere').item }}" };
	expect(labelsOf({ options })).toEqual(FOUR);
	expect(labelsOf({ options: { ...options, singleOutput: true } })).toEqual(['main: All Outcomes']);
});

const ON = [true, 'true', ' True', 1, '1'];
const OFF = [10, false, 'false', 0, null, '={{ true }}', '={{ $json.x.y }}', {}, []];
const NO_OPTIONS = ['={{ ({ singleOutput: true }) }}', '={{ $json.x.y }}', null, [], undefined];

test.each<[unknown, boolean]>([
	...ON.map((singleOutput): [object, boolean] => [{ singleOutput }, true]),
	...OFF.map((singleOutput): [object, boolean] => [{ singleOutput }, false]),
	...NO_OPTIONS.map((options): [unknown, boolean] => [options, false]),
])('with the options %j Single Output is on: %p, on the canvas as in the run', (options, isOn) => {
	const parameters = { options } as INode['parameters'];
	expect(hasSingleOutput({ parameters })).toBe(isOn);
	expect(labelsOf(parameters)).toHaveLength(isOn ? 1 : 4);
});
