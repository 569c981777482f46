import { expect, it } from 'vitest';
import { CONFIG_TABLES } from '../engine/scenario/config';
import { configKeys } from './areas/config-keys';
import { clientKeys } from './areas/config-keys-client';
import { failoverKeys } from './areas/config-keys-failover';
import { messageKeys } from './areas/config-keys-messages';
import { storeKeys } from './areas/config-keys-store';

const modelled = new Set(Object.values(CONFIG_TABLES).flatMap((table) => Object.keys(table)));

it('every modelled configuration key has a text, and every text a key', () => {
  const told = new Set(Object.keys(configKeys.texts));
  expect([...modelled].filter((key) => !told.has(key))).toEqual([]);
  expect([...told].filter((key) => !modelled.has(key))).toEqual([]);
});

it('no part says again what another says', () => {
  const parts = [storeKeys, failoverKeys, messageKeys, clientKeys].flatMap(({ texts }) => Object.keys(texts));
  expect(parts.filter((key, i) => parts.indexOf(key) !== i)).toEqual([]);
});
