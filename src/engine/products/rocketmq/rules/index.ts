import type { Rule } from '../../../product';
import { brRules } from './br';
import { clRules } from './cl';
import { coRules } from './co';
import { fiRules } from './fi';
import { haRules } from './ha';
import { haControllerRules } from './ha-controller';
import { nsRules } from './ns';
import { orRules } from './or';
import { poRules } from './po';
import { prRules } from './pr';
import { scRules } from './sc';
import { trRules } from './tr';
import { txRules } from './tx';

/** Every rule of the reference that the engine follows. */
export const rules: Readonly<Record<string, Rule>> = {
  ...nsRules,
  ...clRules,
  ...brRules,
  ...haRules,
  ...haControllerRules,
  ...prRules,
  ...coRules,
  ...orRules,
  ...poRules,
  ...scRules,
  ...txRules,
  ...fiRules,
  ...trRules,
};
