import { parseAst } from 'vite';

/**
 * What d3-zoom brings along for animated zooms and blended colours. The graph never asks for either, nor does a chart:
 * nothing passes a duration, and no colour is ever interpolated.
 * @type {Readonly<Record<string, string>>}
 */
const PLAIN_D3 = {
  'd3-transition': `
    import { selection } from 'd3-selection';
    export const interrupt = () => {};
    selection.prototype.interrupt = function () { return this; };`,
  'd3-color': `
    export function color() { return null; }
    export { color as rgb, color as hsl, color as lab, color as hcl, color as cubehelix };`,
};

/** The ways of animated zooms. Charts interpolate as well, with the package itself. */
const NO_WAYS = 'export const interpolate = undefined, interpolateZoom = undefined;';
/** @type {(id: string, importer: string | undefined) => boolean} */
const asksForWays = (id, importer) =>
  id === 'd3-interpolate' && /\/(?:d3-zoom|@xyflow)\//.test(importer ?? '');

/**
 * Ships the graph without animations of d3.
 * @returns {import('vite').Plugin}
 */
export function plainZoom() {
  return {
    name: 'plain-zoom',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id, importer) =>
      Object.hasOwn(PLAIN_D3, id) ? `\0${id}` : asksForWays(id, importer) ? '\0no-ways' : null,
    load: (id) => (id === '\0no-ways' ? NO_WAYS : id.startsWith('\0') ? PLAIN_D3[id.slice(1)] : null),
  };
}

/**
 * Parts of React Flow that this graph never shows or asks for, each with what stands in its place: its own kinds of
 * nodes, edges and markers, drawing connections, selecting, keys of its own, changes from outside, notes of them all.
 * @type {Readonly<Record<string, string>>}
 */
const UNUSED_OF_FLOW = {
  builtinNodeTypes: '{}',
  builtinEdgeTypes: '{}',
  MarkerDefinitions: '() => null',
  EdgeUpdateAnchors: '() => null',
  ConnectionLineWrapper: '() => null',
  UserSelection: '() => null',
  NodesSelection: '() => null',
  SelectionListener: '() => null',
  A11yDescriptions: '() => null',
  BatchProvider: '({ children }) => children',
  useKeyPress: '() => false',
  useGlobalKeyHandler: '() => {}',
  useOnInitHandler: '() => {}',
  useMoveSelectedNodes: '() => () => {}',
};

/** The methods of a d3 selection with which d3-drag, d3-zoom and React Flow work. */
const USED_OF_SELECTION = new Set(
  'constructor,selection,call,on,filter,property,style,each,node,datum'.split(','),
);

/**
 * Lets go of the parts of React Flow and d3-selection that are not used. Names and wrappers are statements that nobody
 * has marked as free of effects, and methods of a prototype are never marked: each would stay with all that it is made of.
 * @returns {import('vite').Plugin}
 */
export function usedPartsOfFlow() {
  return {
    name: 'used-parts-of-flow',
    apply: 'build',
    transform(code, id) {
      if (id.endsWith('/@xyflow/react/dist/esm/index.js')) return { code: withoutUnused(code), map: null };
      if (id.endsWith('/d3-selection/dist/d3-selection.mjs'))
        return { code: withUsedMethods(code), map: null };
      return null;
    },
  };
}

/** @param {string} code */
function withoutUnused(code) {
  const places = parseAst(code).body.flatMap((statement) => {
    const [declared] = statement.type === 'VariableDeclaration' ? statement.declarations : [statement];
    const name =
      declared !== undefined && 'id' in declared && declared.id?.type === 'Identifier' && declared.id.name;
    const instead = name ? UNUSED_OF_FLOW[name] : undefined;
    return instead === undefined ? [] : [{ ...statement, text: `const ${name} = ${instead};` }];
  });
  if (places.length !== Object.keys(UNUSED_OF_FLOW).length) throw new Error('React Flow has other parts now');
  return replaced(code, places)
    .replace(/^\w+\.displayName = .*;$/gm, '')
    .replace(
      /(?<= = |\()(memo|forwardRef|fixedForwardRef|createContext|create\w+Edge)\(/g,
      '/* @__PURE__ */ $1(',
    );
}

/** @param {string} code */
function withUsedMethods(code) {
  const methods = parseAst(code).body.flatMap((statement) => {
    const { expression } = statement.type === 'ExpressionStatement' ? statement : {};
    if (expression?.type !== 'AssignmentExpression' || expression.right.type !== 'AssignmentExpression')
      return [];
    const { right } = expression.right;
    return right.type === 'ObjectExpression' ? right.properties : [];
  });
  const unused = methods.filter(
    (method) =>
      method.type === 'Property' &&
      method.key.type === 'Identifier' &&
      !USED_OF_SELECTION.has(method.key.name),
  );
  if (unused.length === 0) throw new Error('a d3 selection is made in another way now');
  return replaced(
    code,
    unused.map(({ start, end }) => ({ start, end: end + 1, text: '' })),
  );
}

/**
 * @param {string} code
 * @param {{ start: number, end: number, text: string }[]} places in their order
 */
function replaced(code, places) {
  return places.reduceRight(
    (rest, { start, end, text }) => rest.slice(0, start) + text + rest.slice(end),
    code,
  );
}
