/**
 * Whether everything is run (`npm run test:faults -- --all`), or a part that shows every fault once and takes a minute.
 */
export const RUNS_ALL = process.env.FAULTS_ALL === '1';
