import { expect, it } from 'vitest';
import { subscriptionGroupDefaults } from './config';
import { MADE_GROUP } from './made-group';

it('a group that a broker makes has the defaults of the keys', () => {
  expect(MADE_GROUP).toEqual(subscriptionGroupDefaults('5.3'));
  expect(MADE_GROUP).toEqual(subscriptionGroupDefaults('4.9'));
});
