/** Imports point one way; docs/architecture.md has the picture. */
const inside = (folder, names) => `^${folder}/(${names.join("|")})(/|\\.ts)`;

module.exports = {
  forbidden: [
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true, dependencyTypesNot: ["type-only"] } },
    {
      name: "no-undeclared-packages",
      severity: "error",
      comment: "A package imports what its own package.json names.",
      from: { path: "^(sdk|powchain|store|cli|frontend)/src" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "unknown"] },
    },
    {
      name: "sdk-leaves-know-nothing-of-each-other",
      severity: "error",
      comment: "crypto, records, storage and chain stand alone on bytes, json and errors.",
      from: { path: "^sdk/src/(crypto|records|storage|chain)/" },
      to: { path: "^sdk/src/(crypto|records|storage|chain|workflows|verify)/", pathNot: "^sdk/src/$1/" },
    },
    {
      name: "sdk-base-imports-nothing-above",
      severity: "error",
      from: { path: "^sdk/src/(bytes|errors|json)\\.ts$" },
      to: { path: inside("sdk/src", ["crypto", "records", "storage", "chain", "workflows", "verify", "index"]) },
    },
    {
      name: "sdk-workflows-below-index",
      severity: "error",
      from: { path: "^sdk/src/(workflows|verify)/" },
      to: { path: "^sdk/src/index\\.ts$" },
    },
    {
      name: "sdk-is-isomorphic",
      severity: "error",
      from: { path: "^sdk/src" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "servers-stand-alone",
      severity: "error",
      comment: "powchain and store know nothing of records, and nothing of each other.",
      from: { path: "^(powchain|store)/" },
      to: { path: "^(sdk|powchain|store|cli|frontend|scripts)/", pathNot: "^$1/" },
    },
    {
      name: "frontend-reaches-out-through-the-sdk",
      severity: "error",
      from: { path: "^frontend/" },
      to: { path: "^(powchain|store|cli|scripts)/" },
    },
    {
      name: "frontend-lib-and-components-first",
      severity: "error",
      from: { path: "^frontend/src/(lib|components)/" },
      to: { path: "^frontend/src/(features|routes|app)/" },
    },
    {
      name: "frontend-features-stand-alone",
      severity: "error",
      from: { path: "^frontend/src/features/([^/]+)/" },
      to: { path: "^frontend/src/features/([^/]+)/", pathNot: "^frontend/src/features/$1/" },
    },
    {
      name: "frontend-features-below-routes",
      severity: "error",
      from: { path: "^frontend/src/features/" },
      to: { path: "^frontend/src/(routes|app)/" },
    },
    {
      name: "frontend-routes-below-app",
      severity: "error",
      from: { path: "^frontend/src/routes/" },
      to: { path: "^frontend/src/app/" },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(node_modules|dist|generated)/" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      mainFields: ["module", "main", "types"],
      extensions: [".ts", ".tsx", ".js", ".json", ".d.ts"],
    },
  },
};
