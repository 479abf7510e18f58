import { hasVault, readAdministered, readMembers, readRegistrar, sameAddress } from "@chartkey/sdk";
import { formatEther } from "viem";
import type { Spec } from "../command.ts";
import { openSession } from "../session.ts";

export const whoamiCommand: Spec = {
  name: "whoami",
  summary: "Show your account, its vault and where you belong.",
  example: "",
  async run(io) {
    const session = await openSession(io);
    const { chain, wallet } = session;
    const { address: account } = wallet.account;
    const [vault, members, administered, registrar, balance] = await Promise.all([
      hasVault(session),
      readMembers(chain, { account }),
      readAdministered(chain, account),
      readRegistrar(chain),
      chain.client.getBalance({ address: account }),
    ]);
    const memberships = members.map(({ hospital, role, status }) => ({ hospital, role, status }));
    const isRegistrar = sameAddress(registrar, account);
    const lines = [
      `${account} on chain ${chain.id}, ${formatEther(balance)} ETH`,
      vault ? "Vault: yes" : "Vault: none yet. Run: npm run chartkey -- vault create",
      ...(isRegistrar ? ["Registrar: accredits hospitals"] : []),
      ...administered.map(({ id, accreditation }) => `Admin of hospital ${id} (${accreditation})`),
      ...memberships.map(({ hospital, role, status }) => `${role} at hospital ${hospital}: ${status}`),
    ];
    const administers = administered.map(({ id }) => id);
    return { json: { account, chainId: chain.id, vault, isRegistrar, administers, memberships }, lines };
  },
};
