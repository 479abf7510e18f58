import { randomBytes } from "node:crypto";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

/**
 * Where the browser may send requests. RPC and store addresses come from /config.json at start, so the policy of a build names
 * the hosts it may be served against: loopback unless CHARTKEY_CONNECT_SRC says otherwise (space-separated CSP sources).
 */
const connectSources = process.env["CHARTKEY_CONNECT_SRC"] ?? "http://127.0.0.1:* http://localhost:*";

/**
 * The Content-Security-Policy. `nonce` is there when Vite serves: its hot reload injects its preamble and styles. `frame-ancestors`
 * counts in a header alone, and keeps other pages from showing ours in a frame and having clicks fall on its buttons.
 */
function contentSecurityPolicy(nonce?: string): string {
  const own = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return [
    "default-src 'none'",
    `script-src ${own}`,
    `style-src ${own}`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self' ${connectSources}${nonce ? " ws://127.0.0.1:* ws://localhost:*" : ""}`,
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    ...(nonce ? ["frame-ancestors 'none'"] : []),
  ].join("; ");
}

/** Writes the policy into the built page, so that it holds behind any static server. */
function policyInPage(): Plugin {
  return {
    name: "chartkey-content-security-policy",
    apply: "build",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: contentSecurityPolicy() },
        injectTo: "head-prepend",
      },
    ],
  };
}

/** What every page needs, in one file: it compresses better than in many, and stays the same from release to release. */
const FRAMEWORK = {
  name: "framework",
  test: /node_modules\/(react|react-dom|react-router|scheduler|i18next|react-i18next|@tanstack|zustand|eventemitter3|use-sync-external-store)\//,
};

/** A page that is opened later asks for nothing again that every page has: lists of that would be a part of the first load. */
const notYetLoaded = (_: string, files: string[], { hostType }: { hostType: "html" | "js" }) =>
  hostType === "html"
    ? files
    : files.filter((file) => !/\/(framework|rolldown-runtime|preload-helper|Icon)-/.test(file));

export default defineConfig(({ command }) => {
  const nonce = command === "serve" ? randomBytes(16).toString("base64") : undefined;
  return {
    plugins: [react(), policyInPage()],
    ...(nonce ? { html: { cspNonce: nonce } } : {}),
    server: {
      host: "127.0.0.1",
      ...(nonce ? { headers: { "Content-Security-Policy": contentSecurityPolicy(nonce) } } : {}),
    },
    build: {
      target: "es2023",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false, resolveDependencies: notYetLoaded },
      rolldownOptions: { output: { codeSplitting: { groups: [FRAMEWORK] } } },
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
