import type { IDataObject } from 'n8n-workflow';

import type { Ended } from '../../shared/delivery/command';
import type { GeneralOptions } from '../fields/field';

/** One thing that an operation found or did, and the part of Desk's answer that tells it. */
export interface Result {
	json: IDataObject;
	raw: IDataObject | IDataObject[];
}

/** What an operation found or did for one item. `says` is a sentence for a model, `hint` one for the builder. */
export interface Results {
	results: Result[];
	isList: boolean;
	says: string;
	hint?: string;
}

/** How the work for one item ended; with results when it is done. */
export interface Worked {
	ended: Ended;
	found?: Results;
	/** As far as they could be read. */
	options?: GeneralOptions;
	/** The user, session or agent that it is about, in the fields of the output. */
	about?: IDataObject;
}
