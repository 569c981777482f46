import { readFileSync } from 'node:fs';
import { normalizePath, parseAst } from 'vite';

/**
 * What the scenario of a first visit never does, however long it runs and however it is looked at. An action can come
 * to need it, as can every other scenario: both wait for `src/worker/late.ts`, and these parts come with it.
 */
const LATE_PARTS = Object.entries({
  'src/engine/checkers': ['transactions'],
  'src/engine/report': ['spell'],
  'src/engine/scenario': ['sql', 'sql-parser', 'sql-tokens'],
  'src/engine/products/rocketmq': [
    'actions',
    'broker/controller-client',
    'broker/crash',
    'broker/epochs',
    'broker/escape-target',
    'broker/member-group',
    'broker/pool',
    'broker/pre-online',
    'broker/put-escape',
    'broker/put-redirect',
    'broker/retry',
    'broker/role-change',
    'broker/service-reset',
    'broker/set-config',
    'broker/sync-state-set',
    'broker/truncate',
    'consumer/md5',
    'consumer/offset-illegal',
    'consumer/pausing',
    'consumer/send-back',
    'controller/controller',
    'controller/live-brokers',
    'controller/raft',
    'controller/replicas-info',
    'dledger/broker-role',
    'dledger/dledger',
    'dledger/election',
    'dledger/group',
    'dledger/quorum',
    'dledger/replication',
    'filter/sql',
    'orderly/broker-locks',
    'orderly/client-locks',
    'orderly/consume-orderly',
    'pop/consume-grpc',
    'pop/consume-pop',
    'pop/order-info',
    'pop/pop-broker',
    'pop/pop-hold',
    'pop/pop-loop',
    'pop/pop-records',
    'pop/pop-settle',
    'pop/receipts',
    'pop/revive',
    'producer/transaction',
    'retry/resend',
    'schedule/delivery',
    'schedule/timer-wheel',
    'trace/dispatcher',
    'trace/hooks',
    'trace/message-trace',
    'trace/trace-lines',
    'trace/trace-send',
    'transaction/ask',
    'transaction/check',
    'transaction/end-transaction',
    'transaction/half',
    'transaction/op-reader',
    'transaction/ops',
    'transaction/transaction-service',
    'view/controllers',
    'view/moves',
  ],
}).flatMap(([folder, names]) => names.map((name) => `/${folder}/${name}.ts`));

const JOIN = '/src/worker/late-parts.ts';
const STAND_IN = 'stand-in:';
const ROOT = normalizePath(process.cwd());

/** @type {(id: string) => boolean} */
const isLate = (id) => LATE_PARTS.some((path) => id.endsWith(path));

/**
 * Ships the late parts of the engine in the worker's late chunk. The rest of the engine gets stand-ins for them (see
 * `src/worker/stand-in.ts`), which can have functions only: the build fails where it imports anything else of a late part.
 * @returns {import('vite').Plugin}
 */
export function lateParts() {
  return {
    name: 'late-parts',
    apply: 'build',
    enforce: 'pre',
    async resolveId(source, importer, options) {
      if (source.startsWith(STAND_IN)) return `\0${source}`;
      if (importer === undefined || !source.startsWith('.') || isLate(importer)) return null;
      const found = await this.resolve(source, importer, { ...options, skipSelf: true });
      return found !== null && isLate(found.id) ? `\0${STAND_IN}${found.id}` : found;
    },
    load(id) {
      if (id.endsWith(JOIN)) return joining();
      return id.startsWith(`\0${STAND_IN}`) ? standIn(id.slice(STAND_IN.length + 1)) : null;
    },
  };
}

/** @param {string} id */
function standIn(id) {
  const name = LATE_PARTS.find((path) => id.endsWith(path))
    ?.split('/')
    .at(-1);
  const functions = functionsOf(id).map(
    ({ name, registers }, i) =>
      `export const ${name} = /* @__PURE__ */ part.${registers ? 'register' : 'call'}(${i});`,
  );
  return `
    import { StandIn } from '/src/worker/stand-in.ts';
    const part = /* @__PURE__ */ new StandIn('${name}');
    export const join = (came) => part.join(came);
    ${functions.join('\n')}`;
}

function joining() {
  const imports = LATE_PARTS.map(
    (path, i) => `
      import { join as join${i} } from '${STAND_IN}${ROOT}${path}';
      import * as part${i} from '${path}';`,
  );
  return `${imports.join('')}
    export function joinParts() {
      ${LATE_PARTS.map((path, i) => {
        const functions = functionsOf(`${ROOT}${path}`).map(({ name }) => `part${i}.${name}`);
        return `join${i}([${functions}]);`;
      }).join('\n')}
    }`;
}

/**
 * The functions that a module exports, and which of them are `register…(handlers)`.
 * @param {string} id
 * @returns {{ name: string, registers: boolean }[]}
 */
function functionsOf(id) {
  return parseAst(readFileSync(id, 'utf8'), { lang: 'ts' }).body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return [];
    if (statement.source !== null)
      return statement.specifiers.flatMap(({ exported }) =>
        exported.type === 'Identifier' ? [{ name: exported.name, registers: false }] : [],
      );
    const { declaration } = statement;
    if (declaration?.type === 'VariableDeclaration')
      return declaration.declarations.flatMap(({ id, init }) =>
        id.type === 'Identifier' && init?.type === 'ArrowFunctionExpression'
          ? [{ name: id.name, registers: false }]
          : [],
      );
    if (declaration?.type !== 'FunctionDeclaration' || declaration.id === null) return [];
    const [first] = declaration.params;
    const registers = first?.type === 'Identifier' && first.name === 'handlers';
    return [{ name: declaration.id.name, registers }];
  });
}
