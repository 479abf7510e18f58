import { randomBytes } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Connect, type Plugin } from "vite";

/**
 * Where the browser may send requests. RPC and store addresses come from /config.json at start, so the policy of a build names
 * the hosts it may be served against: loopback unless CHARTKEY_CONNECT_SRC says otherwise (space-separated CSP sources).
 */
const connectSources = process.env["CHARTKEY_CONNECT_SRC"] ?? "http://127.0.0.1:* http://localhost:*";

/**
 * The viewer of health links is a document of its own (docs/adr/0026): links of other makers name their own hosts. No wallet is connected in
 * it and no chart opened, so that what may be sent anywhere from there is what the link itself opened.
 */
const VIEWER = "shl.html";

interface PolicyFor {
  /** When Vite serves the sources: its hot reload injects its preamble and styles. */
  nonce?: string | undefined;
  isViewer: boolean;
  isHeader?: boolean;
}

/**
 * The Content-Security-Policy. `frame-ancestors` counts in a header alone, and keeps other pages from showing ours in a frame and having clicks
 * fall on its buttons.
 */
function contentSecurityPolicy({ nonce, isViewer, isHeader = false }: PolicyFor): string {
  const own = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connectSources}${isViewer ? " https:" : ""}${nonce ? " ws://127.0.0.1:* ws://localhost:*" : ""}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    ...(isHeader ? ["frame-ancestors 'none'"] : []),
  ].join("; ");
}

/** Writes the policy into the built page, so that it holds behind any static server. */
function policyInPage(): Plugin {
  return {
    name: "chartkey-content-security-policy",
    apply: "build",
    transformIndexHtml: (_, { filename }) => [
      {
        tag: "meta",
        attrs: {
          "http-equiv": "Content-Security-Policy",
          content: contentSecurityPolicy({ isViewer: basename(filename) === VIEWER }),
        },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** Sends the policy of each document with it, since the stricter of header and page counts. */
function policyInHeader(nonce: string | undefined): Plugin {
  const send: Connect.NextHandleFunction = (request, response, next) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const isViewer = [`/${VIEWER}`, `/${basename(VIEWER, ".html")}`].includes(pathname);
    response.setHeader("Content-Security-Policy", contentSecurityPolicy({ nonce, isViewer, isHeader: true }));
    next();
  };
  return {
    name: "chartkey-policy-header",
    configureServer: ({ middlewares }) => void middlewares.use(send),
    configurePreviewServer: ({ middlewares }) => void middlewares.use(send),
  };
}

/** Of pdf.js, what a PDF may need besides the program: fonts that are not in it, maps of its letters, decoders of its pictures. */
const PDF_ASSETS = ["cmaps", "standard_fonts", "wasm"];

/** Puts them where `frontend/src/lib/files/pdf.ts` has them looked for; the decoders in JavaScript only, as the policy asks. */
function pdfAssets(): Plugin {
  const root = dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json"));
  return {
    name: "chartkey-pdf-assets",
    apply: "build",
    async generateBundle() {
      for (const folder of PDF_ASSETS)
        for (const name of await readdir(join(root, folder)))
          if (!/\.wasm$|quickjs/.test(name))
            this.emitFile({
              type: "asset",
              fileName: `assets/pdf/${folder}/${name}`,
              source: await readFile(join(root, folder, name)),
            });
    },
  };
}

/** What every page needs, in one file: it compresses better than in many, and stays the same from release to release. */
const FRAMEWORK = {
  name: "framework",
  test: /node_modules\/(react|react-dom|react-router|scheduler|i18next|react-i18next|@tanstack|zustand|eventemitter3|use-sync-external-store)\//,
};

/** What both documents begin with, in one file for the same reasons. */
const BASE = {
  name: "base",
  test: /bootstrap-icons\/|frontend\/src\/(components\/(CopyButton|ErrorNotice|Icon|icons|Loading|Mark|Menu|Notice|Page)\.|lib\/(errors|theme)\/|lib\/i18n\/\w+\.|lib\/format\/(hex|time)\.|app\/(ErrorBoundary|ErrorPage|shell\/(LanguageMenu|ThemeToggle))\.)/,
};

/** What the first page knows of chain and wallet; a dozen small files would compress less. */
const CHAIN = {
  name: "chain",
  test: new RegExp(
    [
      "@wagmi/core/dist/esm/(query/utils|hydrate|version|errors/(base|config)|utils/(getVersion|getAction|deepEqual))",
      "@wagmi/core/dist/esm/actions/(reconnect|(get|watch)(ChainId|Chains|Connection))",
      "wagmi/dist/esm/(hydrate|context|version|errors/\\w+|utils/(query|getVersion)|hooks/use(ChainId|Chains|Config|Connection))",
      "viem/_esm/(errors/(address|base|data|encoding|request|rpc|utils|version)|clients/(createClient|transports/createTransport))",
      "viem/_esm/utils/(promise/\\w+|hash/keccak256|address/\\w+Address|encoding/(fromHex|toHex|toBytes)|data/(isHex|pad|size|trim))",
      "viem/_esm/utils/(buildRequest|getAction|internal/http|lru|observe|poll|stringify|uid|wait)",
      "@noble/hashes/esm/(_u64|sha3)",
    ]
      .map((path) => `node_modules/${path}\\.js$`)
      .join("|"),
  ),
};

/** What the first page shares with most others, small parts that compress better together. */
const SHELL = {
  name: "shell",
  test: /frontend\/src\/lib\/(acting\/acting|session\/(vault|faults)|roles\/roles|format\/address)\.|viem\/_esm\/actions\/public\/(getBlockNumber|watchBlockNumber|internal\/watchTransport)\.js$/,
};

/** What is loaded when the app is opened: what starts it, and the home page. */
const FIRST_PAGE = ["app/main.tsx", "features/home/HomePage.tsx"];

/** What starts the viewer of health links. */
const VIEWER_START = ["app/viewer.tsx"];

interface ModuleGraph {
  getModuleInfo(id: string): { importedIds: string[]; dynamicallyImportedIds: string[] } | null;
}

/** These modules and all that they import, with what they load later or without it. */
function withImports(pages: string[], graph: ModuleGraph, { later }: { later: boolean }): Set<string> {
  const found = new Set(pages.map((page) => join(import.meta.dirname, "src", page)));
  // A set is walked in the order in which it grows.
  for (const id of found) {
    const { importedIds = [], dynamicallyImportedIds = [] } = graph.getModuleInfo(id) ?? {};
    for (const imported of later ? [...importedIds, ...dynamicallyImportedIds] : importedIds) found.add(imported);
  }
  return found;
}

/**
 * Parts that many later pages share, in one file: each file is a line in the lists that the first page keeps of what others need, and a
 * request when they are opened. What the first page needs stays out, or it would load them all; and what the viewer of health links needs, or
 * it would load what they need of the app, whose file starts the app.
 */
function partsOfLaterPages() {
  let apart: Set<string> | undefined;
  return {
    name: (id: string, graph: ModuleGraph) => {
      apart ??= new Set([
        ...withImports(FIRST_PAGE, graph, { later: false }),
        ...withImports(VIEWER_START, graph, { later: true }),
      ]);
      return apart.has(id) ? null : "parts";
    },
    test: /frontend\/src\/(components|lib)\//,
    minShareCount: 4,
    maxModuleSize: 6000,
    includeDependenciesRecursively: false,
  };
}

const FIRST = /\/(framework|rolldown-runtime|preload-helper|base|chain|shell)-/;

/** A page that is opened later asks for nothing again that every page has: lists of that would be a part of the first load. */
const notYetLoaded = (_: string, files: string[], { hostType }: { hostType: "html" | "js" }) =>
  hostType === "html" ? files : files.filter((file) => !FIRST.test(file));

export default defineConfig(({ command, isPreview = false }) => {
  const nonce = command === "serve" && !isPreview ? randomBytes(16).toString("base64") : undefined;
  return {
    plugins: [react(), policyInPage(), policyInHeader(nonce), pdfAssets()],
    ...(nonce ? { html: { cspNonce: nonce } } : {}),
    server: { host: "127.0.0.1" },
    build: {
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false, resolveDependencies: notYetLoaded },
      rolldownOptions: {
        input: ["index.html", VIEWER].map((page) => join(import.meta.dirname, page)),
        output: { codeSplitting: { groups: [FRAMEWORK, BASE, CHAIN, SHELL, partsOfLaterPages()] } },
      },
    },
    css: {
      preprocessorOptions: {
        // Bootstrap 5.3 is written in Sass of before modules; its deprecations are not ours to act on.
        scss: {
          quietDeps: true,
          silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
        },
      },
    },
  };
});
