// npm run -s swarm -- [--seeds N] [--from SEED] [--seed SEED] [--row ROW] [--out FOLDER]
// Status 0 when every promise held; 1 when one was broken; 2 for a bad flag, with one line on standard error.

import { swarm } from './swarming';

process.exitCode = swarm(process.argv.slice(2), { out: process.stdout, err: process.stderr });
