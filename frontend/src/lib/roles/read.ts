import {
  readAdministered,
  readHospital,
  readMembers,
  readRegistrar,
  sameAddress,
  type Chain,
  type Member,
} from "@chartkey/sdk";
import type { Address } from "viem";
import type { Config } from "wagmi";
import { getPublicClient } from "wagmi/actions";
import { findDeployment } from "../chain/deployment.ts";
import type { Standing } from "./roles.ts";

/**
 * Reads what an account is: registrar by the registry's owner, admin of hospitals, member of hospitals.
 * @throws viem's errors when the chain does not answer or has no contract at the address.
 */
export async function readStandings(chain: Chain, account: Address): Promise<Standing[]> {
  const [registrar, administered, members] = await Promise.all([
    readRegistrar(chain),
    readAdministered(chain, account),
    readMembers(chain, { account }),
  ]);

  async function membership({ role, hospital: id, status, activeSince }: Member): Promise<Standing | null> {
    if (role === "none") return null;
    const { accreditation } = await readHospital(chain, id);
    return { role, hospital: { id, accreditation }, status, since: activeSince };
  }

  const registry: Standing = { role: "registrar", hospital: null, status: "active", since: 0 };
  const administration = administered.map(({ id, accreditation }): Standing => ({
    role: "hospital",
    hospital: { id, accreditation },
    status: "active",
    since: 0,
  }));
  const memberships = (await Promise.all(members.map(membership))).filter((standing) => standing !== null);
  return [...(sameAddress(registrar, account) ? [registry] : []), ...administration, ...memberships];
}

/** Standings of an account on the chain of the configuration; none where this build knows no deployment. */
export async function fetchStandings(config: Config, chainId: number, account: Address): Promise<Standing[]> {
  const client = getPublicClient(config, { chainId });
  const deployment = findDeployment(chainId);
  return client && deployment ? readStandings({ id: chainId, client, deployment }, account) : [];
}
