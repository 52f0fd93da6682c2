import { ownCode } from '../test/lint/ownCode.mjs';

export default ownCode;
