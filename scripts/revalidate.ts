/** `npm run revalidate`: executes every block of the local chain again, while `npm start` does not run. */
import { PowchainError, revalidatePowchain } from "@chartkey/powchain";
import { readSettings } from "./lib/settings.ts";
import { chainIn } from "./lib/stack.ts";

try {
  const blocks = await revalidatePowchain({ ...chainIn(readSettings().dataDir), log: (line) => console.log(line) });
  console.log(`${blocks} blocks give what their headers say.`);
} catch (error) {
  if (!(error instanceof PowchainError)) throw error;
  console.error(`${error.message} (${error.code})`);
  process.exitCode = 1;
}
