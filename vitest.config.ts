import { configDefaults, defineConfig } from "vitest/config";

/** The machine may be busy; a condition that is polled ends the wait as soon as it holds. */
const expect = { poll: { timeout: 20_000 } };

export default defineConfig({
  test: {
    globalSetup: "test/support/chains.ts",
    projects: [
      {
        test: {
          name: "node",
          include: [
            "{sdk,powchain,store,cli}/test/**/*.test.ts",
            "frontend/src/**/*.test.ts", // what needs no document
            "test/{integration,screens}/**/*.test.ts",
          ],
          exclude: [...configDefaults.exclude, "store/test/interop/**"],
          expect,
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          // The store's own tests, with its blocks in a real Kubo: `npm run test:interop`.
          name: "interop",
          include: ["store/test/{rpc,gateway,gc,gate-*}.test.ts", "store/test/interop/*.test.ts"],
          environment: "node",
          env: { CHARTKEY_INTEROP: "1" },
          expect,
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: "browser",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: "test/e2e/support/build.ts",
          expect,
          environment: "node",
          testTimeout: 180_000,
          hookTimeout: 360_000,
        },
      },
      {
        test: {
          name: "frontend",
          include: ["frontend/src/**/*.test.tsx"],
          setupFiles: ["frontend/test-setup.ts"],
          expect,
          environment: "jsdom",
          testTimeout: 60_000,
        },
      },
    ],
  },
});
