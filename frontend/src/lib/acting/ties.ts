import {
  readMandates,
  readProposalsTo,
  readRecoveredBy,
  readReviewed,
  readSucceeded,
  type Chain,
  type Mandate,
} from "@chartkey/sdk";
import type { Address } from "viem";
import type { Config } from "wagmi";
import { getPublicClient } from "wagmi/actions";
import { findDeployment } from "../chain/deployment.ts";

/** An account that a wallet may act for now. */
export type Actable =
  | { readonly as: "successor"; readonly account: Address }
  | { readonly as: "delegate"; readonly account: Address; readonly mandate: Mandate };

/** What a wallet has to do with others beside its roles. */
export interface Ties {
  /** Accounts that it took over, and patients whose mandate is in force. */
  readonly people: readonly Actable[];
  /** Whether somebody proposes it as successor, or names it as recovery address. */
  readonly offered: boolean;
  /** Whether it judges the emergency accesses of a hospital. */
  readonly reviews: boolean;
}

/** What a wallet has to do with others now. Throws what the sdk throws. */
async function readTies(chain: Chain, wallet: Address): Promise<Ties> {
  const [succeeded, mandates, proposals, recovered, reviewed] = await Promise.all([
    readSucceeded(chain, wallet),
    readMandates(chain, { delegate: wallet }),
    readProposalsTo(chain, wallet),
    readRecoveredBy(chain, wallet),
    readReviewed(chain, wallet),
  ]);
  const people = [
    ...succeeded.map((account): Actable => ({ as: "successor", account })),
    ...mandates
      .filter(({ inForce }) => inForce)
      .map((mandate): Actable => ({ as: "delegate", account: mandate.patient, mandate })),
  ];
  return { people, offered: proposals.length + recovered.length > 0, reviews: reviewed.length > 0 };
}

/** Ties of a wallet on the chain of the configuration; none where this build knows no deployment. Throws what the sdk throws. */
export async function fetchTies(config: Config, chainId: number, wallet: Address): Promise<Ties> {
  const client = getPublicClient(config, { chainId });
  const deployment = findDeployment(chainId);
  if (!client || !deployment) return { people: [], offered: false, reviews: false };
  return readTies({ id: chainId, client, deployment }, wallet);
}
