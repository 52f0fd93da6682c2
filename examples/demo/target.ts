import { CUSTOM_DATA_CENTER, DATA_CENTERS } from '../../credentials/deskAccount';
import { startSimulator } from '../../simulator/server';

/** The Desk API the demo contacts users through. */
export interface Target {
	/** Where it is, for a person. */
	name: string;
	credential: Record<string, string>;
	/** Instead of the sample deals of the workflow. */
	contacts?: { account: string; userIds: string[] };
	/** The users who were really contacted, in any order; absent where nobody can know. */
	contactedUsers?: () => string[];
	/** Forgets all contacts, so that the same users can be contacted anew; absent where that cannot be. */
	forget?: () => void;
	/** What to type into a credential for it, a line for each field; absent where it holds a true secret. */
	toType?: string[];
	close(): Promise<void>;
}

const SETTINGS = [
	'TENCENT_DESK_SDKAPPID',
	'TENCENT_DESK_ADMIN',
	'TENCENT_DESK_SECRET_KEY',
	'TENCENT_DESK_DATA_CENTER',
	'TENCENT_DESK_ACCOUNT',
	'TENCENT_DESK_USERS',
] as const;

/**
 * Tencent itself when the environment says who we are there, a simulator on a free port otherwise.
 * The data center `custom` goes to TENCENT_DESK_BASE_URL, for a proxy or a simulator that runs already.
 * @throws when only some of the settings are there, or one cannot be right
 */
export async function openTarget(env: NodeJS.ProcessEnv): Promise<Target> {
	const isTencent = [...SETTINGS, 'TENCENT_DESK_BASE_URL'].some((name) => env[name]);
	return isTencent ? tencent(env) : await simulator();
}

async function simulator(): Promise<Target> {
	const { url, credential, ledger, reset, close } = await startSimulator();
	return {
		name: `a simulator of Tencent Desk at ${url}`,
		credential,
		contactedUsers: () => ledger.map(({ userId }) => userId),
		forget: reset,
		toType: [
			'Data Center           Custom',
			`Base URL              ${credential.baseUrl}`,
			`SDKAppID              ${credential.sdkAppId}`,
			`Administrator UserID  ${credential.adminUserId}`,
			`Secret Key            ${credential.secretKey}`,
		],
		close,
	};
}

function tencent(env: NodeJS.ProcessEnv): Target {
	const missing = SETTINGS.filter((name) => !env[name]?.trim());
	if (missing.length > 0) {
		throw new Error(
			`To run against Tencent, set ${missing.join(', ')} too; to run against the simulator, set none.`,
		);
	}
	const [sdkAppId, adminUserId, secretKey, dataCenter, account, users] = SETTINGS.map(
		(name) => env[name]?.trim() ?? '',
	);
	const known = [...DATA_CENTERS.map(({ value }) => value as string), CUSTOM_DATA_CENTER];
	if (!known.includes(dataCenter)) {
		throw new Error(`TENCENT_DESK_DATA_CENTER must be one of ${known.join(', ')}.`);
	}
	const baseUrl = env.TENCENT_DESK_BASE_URL?.trim() ?? '';
	if (dataCenter === CUSTOM_DATA_CENTER && baseUrl === '') {
		throw new Error(
			'The data center custom needs TENCENT_DESK_BASE_URL, for example http://127.0.0.1:7171.',
		);
	}
	const userIds = users
		.split(',')
		.map((id) => id.trim())
		.filter(Boolean);
	if (userIds.length === 0) {
		throw new Error('TENCENT_DESK_USERS names no user; give UserIDs separated by commas.');
	}
	return {
		name: `SDKAppID ${sdkAppId} at ${dataCenter === CUSTOM_DATA_CENTER ? baseUrl : `Tencent, ${dataCenter}`}`,
		credential: { dataCenter, baseUrl, sdkAppId, adminUserId, secretKey },
		contacts: { account, userIds },
		close: async () => {},
	};
}
