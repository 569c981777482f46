// npm run -s sim -- FILE [--seed N] [--until 120s] [--report FILE|-] [--trace FILE|-]
// Status 0 when the run finished; 2 for a bad file or flag, with one line on standard error.

import { simulate } from './simulate';

process.exitCode = await simulate(process.argv.slice(2), { out: process.stdout, err: process.stderr });
