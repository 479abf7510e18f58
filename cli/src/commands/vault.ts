import { prepareVault } from "@chartkey/sdk";
import type { Spec } from "../command.ts";
import { phases } from "../progress.ts";
import { openSession } from "../session.ts";

export const vaultCommand: Spec = {
  name: "vault create",
  summary: "Make your keys and publish the public one. Prints the recovery code once, to stderr.",
  example: "",
  async run(io) {
    const session = await openSession(io);
    const { recoveryCode, publish } = await prepareVault(session);
    await publish(phases(io));
    io.stderr(
      `Recovery code: ${recoveryCode}\nWrite it down now and keep it apart from this machine. It is shown only once, and whoever has it can open your vault.\n`,
    );
    const { address: account } = session.wallet.account;
    return { json: { account }, lines: [`The vault of ${account} is ready.`] };
  },
};
