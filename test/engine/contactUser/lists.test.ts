import { LoadOptionsContext } from 'n8n-core';
import type {
	INodeParameters,
	INodeListSearchResult,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { bigWorld } from '../../../simulator/bigWorld';
import { createCredentialsProbe } from '../credentialsProbe';
import { startAnew, useSimulator } from '../desk';
import { createWorkflow, node } from '../testWorkflow';

const simulator = useSimulator();

type List = keyof ContactUser['methods']['listSearch'];

interface Opened {
	/** As the editor sends them: what expressions give is in their place. */
	parameters?: INodeParameters;
	filter?: string;
	/** Fields of the credential that are changed. */
	credential?: Record<string, string>;
}

/** Opens a drop-down of the node and scrolls to its end, on n8n's own context and over real HTTP. */
async function open(list: List, { parameters = {}, filter, credential }: Opened = {}) {
	const contactUser = new ContactUser();
	const credentials = { tencentDeskApi: { id: '1', name: 'Desk' } };
	const opened = node('Contact User', 'contactUser', { parameters, credentials });
	const { workflow } = createWorkflow([opened], {}, { contactUser });
	const stored = { ...simulator().credential, ...credential };
	const { helper } = createCredentialsProbe(new TencentDeskApi(), stored);
	const { getDecrypted } = helper;
	// Without a run, n8n resolves the credential for a node of its own (`resolveCredentialExpressions`).
	helper.getDecrypted = async (...args) =>
		workflow.expression.getComplexParameterValue(
			{ ...opened, name: '', credentials: undefined },
			(await getDecrypted.apply(helper, args)) as INodeParameters,
			'internal',
			{},
		) as Awaited<ReturnType<typeof getDecrypted>>;
	const additionalData = { credentialsHelper: helper, currentNodeParameters: parameters };
	const context = new LoadOptionsContext(
		workflow,
		opened,
		additionalData as unknown as IWorkflowExecuteAdditionalData,
		`parameters.${list}`,
	);
	const results: INodeListSearchResult['results'] = [];
	let token: string | undefined;
	do {
		const page = await contactUser.methods.listSearch[list].call(context, filter, token);
		results.push(...page.results);
		token = page.paginationToken as string | undefined;
	} while (token !== undefined);
	return results;
}

const fromList = (value: number | string, cachedResultName = '') => ({
	__rl: true,
	mode: 'list',
	value,
	cachedResultName,
});

test('every drop-down of the node offers its own list', () => {
	const { properties } = new ContactUser().description;
	const lists = properties.map(({ name, modes }) => [
		name,
		modes?.find(({ type }) => type === 'list')?.typeOptions?.searchListMethod,
	]);
	expect(Object.fromEntries(lists)).toMatchObject({
		customerServiceAccount: 'searchCustomerServiceAccounts',
		agentGroup: 'searchAgentGroups',
		agent: 'searchAgents',
	});
});

describe('the list of agents', () => {
	const agents = async (agentGroup?: INodeParameters) =>
		(await open('searchAgents', { parameters: { ...(agentGroup && { agentGroup }) } })).map(
			({ name }) => name.replace(/ \(.*/, ''),
		);

	it('shows those of the group that was chosen from its list', async () => {
		const group = simulator().world.groups[1];
		const members = simulator().world.agents.filter(({ groups }) => groups.includes(group.id));
		expect(members.length).toBeLessThan(simulator().world.agents.length);

		for (const value of [group.id, String(group.id)]) {
			expect(await agents(fromList(value, group.name))).toEqual([
				'Any agent',
				...members.map(({ nick }) => nick),
			]);
		}
		expect(simulator().requests.map(({ command }) => command)).toEqual([
			'get_member_list_in_group',
			'get_member_list_in_group',
		]);
	});

	test.each<[string, INodeParameters | undefined]>([
		['no group', undefined],
		['any group', fromList('', 'Any group')],
		[
			'a group of an expression, of which the editor sends what it gives',
			{ ...fromList(1002), mode: 'id' },
		],
		['an expression that gives nothing', { __rl: true, mode: 'id', value: null as never }],
		['a list entry that is no group', fromList('Support')],
	])('shows all with %s', async (_what, group) => {
		expect(await agents(group)).toEqual([
			'Any agent',
			...simulator().world.agents.map(({ nick }) => nick),
		]);
		expect(simulator().requests.map(({ command }) => command)).toEqual(['get_member_list']);
	});

	it('says what to do when the chosen group is gone', async () => {
		const opened = open('searchAgents', { parameters: { agentGroup: fromList(4711, 'Old') } });
		await expect(opened).rejects.toThrow(
			'The list could not be loaded: The agent group is not valid. Choose the agent group again: it may have been deleted. Or choose By ID and enter the ID.',
		);
	});
});

describe.each([
	['searchAgentGroups', 'Any group'],
	['searchAgents', 'Any agent'],
] as const)('%s', (list, any) => {
	it('begins with a way back to any, and has every entry once whatever dialect Desk speaks', async () => {
		for (const groupPagesFrom of [0, 1] as const) {
			for (const pageCeiling of [null, 50]) {
				for (const totals of [true, false]) {
					startAnew(simulator());
					const { apps } = simulator().world;
					Object.assign(simulator().world, bigWorld({ groups: 150, agents: 150 }), { apps });
					Object.assign(simulator().world.dialect, { groupPagesFrom, pageCeiling, totals });
					const { agents, groups } = simulator().world;
					const ids =
						list === 'searchAgents' ? agents.map(({ mail }) => mail) : groups.map(({ id }) => id);

					const [first, ...others] = await open(list);
					expect(first).toEqual({ name: any, value: '' });
					expect(others.map(({ value }) => value).sort()).toEqual([...ids].sort());

					const last = await open(list, { filter: '150' });
					expect(last.map(({ name }) => name)).toEqual([
						expect.stringMatching(/(Group|Agent) 150/),
					]);
				}
			}
		}
	});
});

describe('a credential whose fields are expressions', () => {
	test.each([['={{ $json.app }}'], ["={{ $('CRM').item.json.app }}"]])(
		'%s, which only a run can read: the list says so',
		async (sdkAppId) => {
			for (const list of [
				'searchCustomerServiceAccounts',
				'searchAgentGroups',
				'searchAgents',
			] as const) {
				await expect(open(list, { credential: { sdkAppId } })).rejects.toThrow(
					'The list could not be loaded: A field of the credential is an expression, which only a run can read. Enter fixed values in the credential. Or choose By ID and enter the ID.',
				);
			}
			expect(simulator().requests).toEqual([]);
		},
	);

	it('works where no run is needed', async () => {
		const { sdkAppId } = simulator().credential;
		const accounts = await open('searchCustomerServiceAccounts', {
			credential: { sdkAppId: `={{ "${sdkAppId}" }}` },
		});
		expect(accounts).toHaveLength(simulator().world.accounts.length);
	});
});
