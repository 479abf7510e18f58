import { readFile, readdir, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Plugin, build, preview } from "vite";
import { ROOT } from "./settings.ts";

const FRONTEND = join(ROOT, "frontend");
const SOURCES = [
  "frontend/src",
  "frontend/public",
  "frontend/index.html",
  "frontend/shl.html",
  "frontend/vite.config.ts",
  "sdk/src",
  "package-lock.json",
];

/** What the page is told at its start. */
export interface PageConfig {
  chainId: number;
  rpcUrl: string;
  witnessRpcUrl?: string;
  storeUrls: readonly string[];
  /** Offers the development wallet. */
  development: boolean;
}

async function newestChange(path: string): Promise<number> {
  const info = await stat(path);
  if (!info.isDirectory()) return info.mtimeMs;
  const files = await readdir(path, { recursive: true, withFileTypes: true });
  const times = files
    .filter((file) => file.isFile())
    .map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}

/** Builds the app unless the last build is newer than every source. */
export async function buildApp(): Promise<void> {
  const built = await stat(join(FRONTEND, "dist/index.html")).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
  const changed = Math.max(...(await Promise.all(SOURCES.map((path) => newestChange(join(ROOT, path))))));
  if (built > changed) return;
  const { NODE_ENV: before = "production" } = process.env;
  // Vite takes it over: without it, tests would look at another React than users do.
  process.env["NODE_ENV"] = "production";
  await build({ root: FRONTEND, configFile: join(FRONTEND, "vite.config.ts"), logLevel: "error" }).finally(() => {
    process.env["NODE_ENV"] = before;
  });
}

function configPlugin(config: PageConfig): Plugin {
  return {
    name: "chartkey-page-config",
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use("/config.json", (_request, response) => {
        response.setHeader("content-type", "application/json");
        response.setHeader("cache-control", "no-store");
        response.end(JSON.stringify(config));
      });
    },
  };
}

/** What `writeSources` writes, by its path; nothing else of the folder. */
const SOURCE_FILE = /^\/(?:[A-Za-z]+\/(?:metadata|standard-input)\.json|sources\/0x[0-9a-f]{64}\.sol)$/;

/** Serves the sources of the deployed contracts (docs/deployment.md), which the explorer holds against the chain. */
function sourcesPlugin(folder: string): Plugin {
  return {
    name: "chartkey-sources",
    configurePreviewServer: ({ middlewares }) => {
      middlewares.use("/sources", (request, response) => {
        const path = request.url ?? "";
        const file = SOURCE_FILE.test(path) ? readFile(join(folder, path)).catch(() => undefined) : undefined;
        void Promise.resolve(file).then((content) => {
          response.statusCode = content === undefined ? 404 : 200;
          response.setHeader("content-type", path.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8");
          response.end(content);
        });
      });
    },
  };
}

/** Throws `APP_PORT_IN_USE` before anything else was started in vain. */
export async function requireFreePort(port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const message = taken
        ? `Port ${port} is in use. Stop the program that has it, or set CHARTKEY_APP_PORT to another port.`
        : `Port ${port} cannot be used: ${cause.message}`;
      reject(Object.assign(new Error(message, { cause }), { code: taken ? "APP_PORT_IN_USE" : "APP_PORT" }));
    });
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve()));
  });
}

/** Serves the built app on loopback, and the sources of the contracts from their folder. */
export async function serveApp(
  port: number,
  config: PageConfig,
  sources: string,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = await preview({
    root: FRONTEND,
    configFile: join(FRONTEND, "vite.config.ts"),
    logLevel: "warn",
    plugins: [configPlugin(config), sourcesPlugin(sources)],
    preview: { host: "127.0.0.1", port, strictPort: true, open: false },
  });
  const address = server.httpServer.address();
  const actual = typeof address === "object" && address !== null ? address.port : port;
  return { url: `http://127.0.0.1:${actual}`, close: () => server.close() };
}
