import type { Address } from "viem";
import { isGranted, readConsent } from "../chain/consent.ts";
import { type PublishedKey, findKey, requireKey } from "../chain/directory.ts";
import { sameAddress } from "./session.ts";
import type { Chain } from "../chain/connection.ts";

/**
 * Whom a content key is sealed to: the patient, the author, and every account whose grant covers the category now.
 * Throws `KEY_MISSING` when the patient or the author has no key; a reader without one can publish it and be granted again.
 * @param author the account whose keys the author uses: his own, or as a successor the patient's
 */
export async function readersFor(
  chain: Chain,
  patient: Address,
  author: Address,
  categories: number[],
): Promise<Map<number, PublishedKey[]>> {
  const { grants } = await readConsent(chain, patient);
  const always = await Promise.all([
    requireKey(chain, patient),
    ...(sameAddress(patient, author) ? [] : [requireKey(chain, author)]),
  ]);
  const others = grants.filter(({ grantee, read }) => read !== 0 && !sameAddress(grantee, author));
  const keys = new Map(
    await Promise.all(others.map(async ({ grantee }) => [grantee, await findKey(chain, grantee)] as const)),
  );
  const forCategory = async (category: number): Promise<[number, PublishedKey[]]> => {
    const allowed = await Promise.all(others.map(({ grantee }) => isGranted(chain, patient, grantee, category)));
    const readers = others.filter((_, index) => allowed[index]).map(({ grantee }) => keys.get(grantee));
    return [category, [...always, ...readers.filter((key) => key !== undefined)]];
  };
  return new Map(await Promise.all(categories.map(forCategory)));
}
