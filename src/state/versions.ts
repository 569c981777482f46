export { inVersion, type LeftOut } from '../engine/scenario/in-version';
