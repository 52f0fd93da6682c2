import { ownCode } from './lint/ownCode.mjs';

export default ownCode;
