import { getAddress, type Address, type PublicClient } from "viem";
import { hospitalAbi } from "../../../../sdk/src/generated/abi/Hospital.ts";
import { hospitalRegistryAbi } from "../../../../sdk/src/generated/abi/HospitalRegistry.ts";
import type { Deployment } from "../chain/deployment.ts";
import { accreditations, memberRoles, memberStatuses, type Standing } from "./roles.ts";

/**
 * Reads what an account is: registrar by the registry's owner, admin by each hospital that ever added it, member by the
 * current entry of each hospital that ever named it. Events say where to look; the contracts' state says what holds now.
 * @throws viem's errors when the chain does not answer or has no contract at the address.
 */
export async function readStandings(
  client: PublicClient,
  deployment: Deployment,
  account: Address,
): Promise<Standing[]> {
  const registry = { address: deployment.registry, abi: hospitalRegistryAbi } as const;
  const range = { fromBlock: deployment.fromBlock, toBlock: "latest" } as const;
  const [owner, memberLogs, adminLogs] = await Promise.all([
    client.readContract({ ...registry, functionName: "owner" }),
    client.getContractEvents({ ...registry, ...range, eventName: "MemberChanged", args: { account } }),
    client.getContractEvents({ ...range, abi: hospitalAbi, eventName: "AdminAdded", args: { account } }),
  ]);

  async function accreditationOf(id: number) {
    const [address, status] = await client.readContract({ ...registry, functionName: "hospitalOf", args: [id] });
    return { address, accreditation: accreditations[status] ?? "none" };
  }

  async function membership(id: number): Promise<Standing | null> {
    const [{ accreditation }, [role, status, , since]] = await Promise.all([
      accreditationOf(id),
      client.readContract({ ...registry, functionName: "memberOf", args: [id, account] }),
    ]);
    const named = memberRoles[role];
    return named
      ? { role: named, hospital: { id, accreditation }, status: memberStatuses[status] ?? "none", since }
      : null;
  }

  async function administration(hospital: Address): Promise<Standing | null> {
    const clone = { address: hospital, abi: hospitalAbi } as const;
    const id = await client.readContract({ ...clone, functionName: "id" }).catch(() => 0);
    if (id === 0) return null;
    const [{ address, accreditation }, isAdmin] = await Promise.all([
      accreditationOf(id),
      client.readContract({ ...clone, functionName: "isAdmin", args: [account] }),
    ]);
    // Any contract can emit this event; only the clone that the register names counts.
    if (getAddress(address) !== getAddress(hospital) || !isAdmin) return null;
    return { role: "hospital", hospital: { id, accreditation }, status: "active", since: 0 };
  }

  const ids = [...new Set(memberLogs.map(({ args }) => args.id).filter((id) => id !== undefined))];
  const clones = [...new Set(adminLogs.map(({ address }) => address))];
  const found = await Promise.all([...ids.map(membership), ...clones.map(administration)]);
  const standings = found.filter((standing) => standing !== null);
  return getAddress(owner) === getAddress(account)
    ? [{ role: "registrar", hospital: null, status: "active", since: 0 }, ...standings]
    : standings;
}
