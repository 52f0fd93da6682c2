import {
	NodeHelpers,
	type ICredentialDataDecryptedObject,
	type ICredentialsHelper,
	type ICredentialType,
	type IHttpRequestOptions,
	type INodeParameters,
} from 'n8n-workflow';

export interface CredentialsProbe {
	helper: ICredentialsHelper;
	/** The item index of every credential read, in the order the reads happened. */
	reads: number[];
	/** Every UserSig a request was signed with, so that a test can search for it afterwards. */
	userSigs: Set<string>;
}

/**
 * Stands in for the credentials helper of n8n's server, which n8n-core does not contain. It does what
 * `CredentialsHelper.applyDefaultsAndOverwrites` does with a stored credential: adds defaults, drops
 * fields that are not shown, resolves expressions for the item asked for. Not modelled: encryption.
 */
export function createCredentialsProbe(
	type: ICredentialType,
	stored: ICredentialDataDecryptedObject,
): CredentialsProbe {
	const reads: number[] = [];
	const userSigs = new Set<string>();
	const refuse = async (): Promise<never> => {
		throw new Error('The engine is not expected to call this');
	};

	const helper: ICredentialsHelper = {
		getParentTypes: () => [],
		isCredentialUsableByNode: () => true,
		getCredentialsProperties: () => type.properties,
		preAuthentication: async () => undefined,
		runPreAuthentication: async () => undefined,
		getCredentials: refuse,
		updateCredentials: refuse,
		updateCredentialsOauthTokenData: refuse,

		async authenticate(credentials, _typeName, requestOptions) {
			if (typeof type.authenticate !== 'function') throw new Error('authenticate is no function');
			const signed = await type.authenticate(credentials, requestOptions as IHttpRequestOptions);
			const userSig = signed.qs?.usersig;
			if (typeof userSig === 'string') userSigs.add(userSig);
			return signed;
		},

		async getDecrypted(_additionalData, _details, _type, mode, executeData, _raw, resolve) {
			reads.push(resolve?.itemIndex ?? -1);
			const shown = NodeHelpers.getNodeParameters(
				type.properties,
				stored as INodeParameters,
				true,
				false,
				null,
				null,
			);
			if (!resolve) return shown as ICredentialDataDecryptedObject;
			return resolve.workflow.expression.getParameterValue(
				shown ?? {},
				resolve.runExecutionData,
				resolve.runIndex,
				resolve.itemIndex,
				resolve.node.name,
				resolve.connectionInputData,
				mode,
				{},
				executeData,
				false,
				shown ?? {},
			) as ICredentialDataDecryptedObject;
		},
	};
	return { helper, reads, userSigs };
}
