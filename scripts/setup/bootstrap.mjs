// Runs before `npm start`, `npm test` and `npm run chartkey`, on whatever Node the user has, without any dependency: installs the
// packages when they are missing or older than the lock file. After that, npm's scripts run on the Node that package.json brings along.
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
  const npm = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    // stdout belongs to the command that follows, which may print JSON.
    stdio: ["ignore", 2, 2],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("The packages could not be installed. Check the connection to the npm registry, then try again.");
    process.exit(npm.status ?? 1);
  }
}
