import { LoadOptionsContext } from 'n8n-core';
import type {
	INodeListSearchResult,
	INodeParameters,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';

import { TencentDeskApi } from '../../../credentials/TencentDeskApi.credentials';
import { ContactUser } from '../../../nodes/ContactUser/ContactUser.node';
import { bigWorld } from '../../../simulator/bigWorld';
import { createCredentialsProbe } from '../credentialsProbe';
import { useSimulator } from '../desk';
import { CONTACT_USER, placed } from '../testedNode';
import { createWorkflow } from '../testWorkflow';

const simulator = useSimulator();

const LISTS = ['searchCustomerServiceAccounts', 'searchAgentGroups', 'searchAgents'] as const;

interface Opened {
	/** As the editor sends it: what an expression gives is in its place. */
	agentGroup?: INodeParameters;
	filter?: string;
	/** Fields of the credential that are changed. */
	credential?: Record<string, string>;
}

/** Opens a drop-down of the node and scrolls to its end, on n8n's own context and over real HTTP. */
async function open(
	list: (typeof LISTS)[number],
	{ agentGroup, filter, credential }: Opened = {},
): Promise<INodeListSearchResult['results']> {
	const contactUser = new ContactUser();
	const parameters = { ...(agentGroup && { agentGroup }) };
	const stored = { ...simulator().credential, ...credential };
	const opened = placed(CONTACT_USER, { parameters, credential: stored });
	const { workflow } = createWorkflow([opened], {}, { [opened.type]: contactUser });
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

const fromList = (value: number | string) => ({
	...{ __rl: true, mode: 'list', value },
	cachedResultName: 'of a list',
});

test('every drop-down of the node offers its own list', () => {
	const { properties } = new ContactUser().description;
	const offered = properties.flatMap(
		({ modes }) => modes?.find(({ type }) => type === 'list')?.typeOptions?.searchListMethod ?? [],
	);
	expect(offered).toEqual(expect.arrayContaining([...LISTS]));
});

describe('the list of agents', () => {
	const agents = async (agentGroup?: INodeParameters) =>
		(await open('searchAgents', { agentGroup })).map(({ name }) => name.replace(/ \(.*/, ''));
	const commands = () => simulator().requests.map(({ command }) => command);
	const all = () => ['Any agent', ...simulator().world.agents.map(({ nick }) => nick)];

	it('shows those of the group that was chosen from its list', async () => {
		const { id } = simulator().world.groups[1];
		const members = simulator().world.agents.filter(({ groups }) => groups.includes(id));
		const ofGroup = ['Any agent', ...members.map(({ nick }) => nick)];
		expect(ofGroup.length).toBeLessThan(all().length);

		for (const value of [id, String(id)]) expect(await agents(fromList(value))).toEqual(ofGroup);
		expect(commands()).toEqual(Array(2).fill('get_member_list_in_group'));
	});

	test.each<[string, INodeParameters | undefined]>([
		['no group', undefined],
		['any group', fromList('')],
		[
			'a group of an expression, of which the editor sends what it gives',
			{ ...fromList(1002), mode: 'id' },
		],
		['an expression that gives nothing', { __rl: true, mode: 'id', value: null as never }],
		['a list entry that is no group', fromList('Support')],
	])('shows all with %s', async (_what, group) => {
		expect(await agents(group)).toEqual(all());
		expect(commands()).toEqual(['get_member_list']);
	});

	it('says what to do when the chosen group is gone', async () => {
		await expect(agents(fromList(4711))).rejects.toThrow(
			'The list could not be loaded: The agent group is not valid. Choose the agent group again: it may have been deleted. Or choose By ID and enter the ID.',
		);
	});
});

// How odd a Desk may be with its pages is told by the tests of the list.
test.each([
	['searchAgentGroups', 'Any group', 'Group 150'],
	['searchAgents', 'Any agent', 'Agent 150'],
] as const)(
	'%s begins with a way back to any, and has every entry once',
	async (list, any, name) => {
		const { world } = simulator();
		const { apps } = world;
		Object.assign(world, bigWorld({ groups: 150, agents: 150 }), { apps });
		const { agents, groups } = world;
		const ids =
			list === 'searchAgents' ? agents.map(({ mail }) => mail) : groups.map(({ id }) => id);

		const [first, ...others] = await open(list);
		expect(first).toEqual({ name: any, value: '' });
		expect(others.map(({ value }) => value).sort()).toEqual([...ids].sort());
		expect(await open(list, { filter: '150' })).toEqual([
			expect.objectContaining({ name: expect.stringContaining(name) }),
		]);
	},
);

describe('a credential whose fields are expressions', () => {
	test.each(['={{ $json.app }}', "={{ $('CRM').item.json.app }}"])(
		'%s, which only a run can read: the list says so',
		async (sdkAppId) => {
			for (const list of LISTS) {
				await expect(open(list, { credential: { sdkAppId } })).rejects.toThrow(
					'The list could not be loaded: A field of the credential is an expression, which only a run can read. Enter fixed values in the credential. Or choose By ID and enter the ID.',
				);
			}
			expect(simulator().requests).toEqual([]);
		},
	);

	it('works where no run is needed', async () => {
		const sdkAppId = `={{ "${String(simulator().credential.sdkAppId)}" }}`;
		const accounts = await open('searchCustomerServiceAccounts', { credential: { sdkAppId } });
		expect(accounts).toHaveLength(simulator().world.accounts.length);
	});
});
