import type { Rule } from '../../../product';
import type { Localized } from '../../../view';
import { brNotModelled, brRules } from './br';
import { clNotModelled, clRules } from './cl';
import { coNotModelled, coRules } from './co';
import { fiRules } from './fi';
import { haNotModelled, haRules } from './ha';
import { haControllerRules } from './ha-controller';
import { nsNotModelled, nsRules } from './ns';
import { orRules } from './or';
import { poNotModelled, poRules } from './po';
import { prNotModelled, prRules } from './pr';
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

/** Rules that are left out for good, each with the reason. */
export const notModelled: Readonly<Record<string, Localized>> = {
  ...nsNotModelled,
  ...clNotModelled,
  ...brNotModelled,
  ...haNotModelled,
  ...prNotModelled,
  ...poNotModelled,
  ...coNotModelled,
};
