import type { Finding } from './finding';
import { identityFaults, identityOf, pageOf, type Identity, type Texts } from './identity';

/** How the owner fills in who publishes. */
export const COMMAND =
	'npm run identity -- --owner <user or organization on GitHub> --name "<author>" --email <address>';

/**
 * Who would publish, for the rehearsal of a release. `checkedOut` is the repository that GitHub runs the
 * workflow in, as owner/name; npm takes provenance of the one in package.json only.
 */
export function publisherFinding(texts: Texts, checkedOut?: string): Finding {
	const identity = identityOf(texts);
	const repository = `${identity.owner}/${identity.repository}`;
	const elsewhere =
		checkedOut !== undefined && checkedOut !== repository
			? [`This runs in ${checkedOut}, but package.json names ${repository}: ${COMMAND}`]
			: [];
	return {
		part: 'Publisher',
		good: `${identity.name} <${identity.email}>, ${pageOf(identity)}, the same in every file`,
		mend: [...identityFaults(texts), ...elsewhere],
		toDo: isPlaceholder(identity)
			? [`Nobody is named as publisher yet (${identity.email}): ${COMMAND}`]
			: [],
	};
}

/** Nobody can own an address that ends in .example, so it says that nobody has filled in theirs. */
export function isPlaceholder({ email }: Identity): boolean {
	return email.endsWith('.example');
}
