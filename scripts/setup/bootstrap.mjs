// Runs before `npm start`, `npm test` and `npm run chartkey`, on whatever Node the user has, without any dependency: installs the
// packages when they are missing or older than the lock file, and compiles the contracts, so that the first start need not. After
// that, npm's scripts run on the Node that package.json brings along.
import { existsSync, statSync } from "node:fs";
import { spawnSync } from "node:child_process";

const OLDEST_NODE = 20;
const INSTALLED = "node_modules/.package-lock.json";
const LOCK = "package-lock.json";

if (Number(process.versions.node.split(".")[0]) < OLDEST_NODE) {
  console.error(
    `Chartkey needs Node ${OLDEST_NODE} or newer to start; this is ${process.version}. Install a newer Node.`,
  );
  process.exit(1);
}

const current = existsSync(INSTALLED) && statSync(INSTALLED).mtimeMs >= statSync(LOCK).mtimeMs;
if (!current) {
  console.error("Installing packages (once, about a minute) ...");
  // No script of a dependency runs (O27); ours is the one that `npm ci` alone would run after it.
  npm(
    ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    "Check the connection to the npm registry, then try again.",
  );
  npm(["run", "postinstall"], "The message above says why.");
  console.error("Compiling the contracts ...");
  npm(["exec", "-c", "hardhat build --no-tests"], "The compiler's message above says why.");
}

function npm(args, advice) {
  const { status } = spawnSync("npm", args, {
    // stdout belongs to the command that follows, which may print JSON.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (status === 0) return;
  console.error(`The set-up failed at: npm ${args[0]}. ${advice}`);
  process.exit(status ?? 1);
}
