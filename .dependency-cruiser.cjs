// src/layers.test.ts keeps the folders apart. This looks at what needs resolved modules: circles, what is not there,
// what is not declared, and which packages reach the engine.

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circle',
      comment: 'Two modules that need each other are one module. Types may refer to each other.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'no-undeclared-package',
      comment: 'Declare it in package.json, with its exact version.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'deprecated'] },
    },
    {
      name: 'no-dev-package-in-the-site',
      severity: 'error',
      from: { pathNot: '^scripts/|[.]test[.]tsx?$' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'no-test-in-the-site',
      severity: 'error',
      from: { pathNot: '[.]test[.]tsx?$' },
      to: { path: '[.]test[.]tsx?$' },
    },
    {
      name: 'engine-is-self-contained',
      comment: 'A run depends on nothing that a package may change; only scenario files are parsed by zod.',
      severity: 'error',
      from: { path: '^src/engine/', pathNot: ['[.]test[.]ts$', '^src/engine/scenario/'] },
      to: { dependencyTypes: ['npm', 'core'] },
    },
    {
      name: 'no-node-in-the-site',
      severity: 'error',
      from: { path: '^src/', pathNot: ['[.]test[.]tsx?$', '^src/cli/'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'layers-seen-by-the-resolver',
      comment: 'The core of the engine, and the plain components, know nothing of ours.',
      severity: 'error',
      from: { path: '^src/(engine/core|ui)/', pathNot: '[.]test[.]tsx?$' },
      to: { path: '^src/', pathNot: '^src/$1/' },
    },
    {
      name: 'features-and-products-stand-apart',
      severity: 'error',
      from: { path: '^src/(features|engine/products)/([^/]+)/' },
      to: { path: '^src/$1/[^/]+/', pathNot: '^src/$1/$2/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'browser', 'default'],
    },
  },
};
