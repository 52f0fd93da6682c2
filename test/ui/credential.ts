import { strict as assert } from 'node:assert';

import {
	dialogOf,
	openNewCredential,
	openSavedCredential,
	save,
	typeCredential,
	typeInto,
} from './credentialDialog';
import { addContactUser } from './editor';
import type { Case } from './lab';

export const credential: Case[] = [
	{
		name: 'credential: a wrong secret key is told in words, the right one connects',
		run: async (lab) => {
			const { page, simulator } = lab;
			await addContactUser(lab);
			await openNewCredential(page);
			await typeCredential(lab, 'a-wrong-key-of-this-test');
			await save(page);
			await dialogOf(page).getByText('More details').click();
			const complaint = dialogOf(page).getByText(/The secret key does not belong to this SDKAppID/);
			await complaint.waitFor();
			assert.match(await complaint.innerText(), /Copy the SDKAppID and the secret key/);

			await typeInto(page, 'secretKey', simulator.credential.secretKey);
			await save(page);
			await dialogOf(page).waitFor({ state: 'hidden' });
			await openSavedCredential(page);
			await dialogOf(page).getByText('Connection tested successfully').waitFor();
			assert.equal(await complaint.count(), 0);
		},
	},
];
