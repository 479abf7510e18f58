import {
  ChartkeyError,
  openRequest,
  orderState,
  readGrantsTo,
  readOrders,
  readVisits,
  type UnlockedSession,
  type Visit,
} from "@chartkey/sdk";
import { loadValidator } from "@chartkey/sdk/records";
import { useQuery } from "@tanstack/react-query";
import type { Address } from "viem";
import { useConnection } from "wagmi";
import { readRequest, type VisitRequest } from "../../lib/chart/request.ts";
import { visitsKey } from "../../lib/patient/useVisits.ts";
import { plaintext } from "../../lib/session/plaintext.ts";
import { required } from "../../lib/session/required.ts";
import { useReadSession, useUnlockedSession } from "../../lib/session/session.ts";

/** Bookings and grants of others arrive while the page is open. */
const REFRESH = 5_000;

/** Names one booking of a quarter of an hour; the same quarter may be booked again after a cancellation. */
export function visitKey({ id, round }: Visit): string {
  return `${id}|${round}`;
}

/** The visits of the connected doctor, in the order of their start. */
export function useDoctorVisits() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: [...visitsKey(session?.chain.id ?? 0), "ofDoctor", address ?? null],
    queryFn: () => {
      if (!address) throw new Error("no account");
      return readVisits(required(session).chain, { doctor: address });
    },
    enabled: session !== null && address !== undefined,
    refetchInterval: REFRESH,
  });
}

async function openAll(session: UnlockedSession, visits: readonly Visit[]): Promise<Map<string, VisitRequest>> {
  const validator = await loadValidator();
  const open = async (visit: Visit): Promise<[string, VisitRequest]> => {
    try {
      return [visitKey(visit), readRequest(await openRequest(session, visit), validator)];
    } catch (error) {
      // One request that cannot be opened must not hide the others.
      if (error instanceof ChartkeyError) return [visitKey(visit), { answers: [], problem: error.code }];
      throw error;
    }
  };
  return new Map(await Promise.all(visits.map(open)));
}

/** What the patients wrote when they booked, by `visitKey`. */
export function useRequests(visits: readonly Visit[] | undefined) {
  const session = useUnlockedSession();
  return useQuery({
    queryKey: [
      "doctor",
      session?.chain.id ?? 0,
      "requests",
      session?.wallet.account.address ?? null,
      visits?.map(visitKey),
    ],
    queryFn: () => openAll(required(session), visits ?? []),
    enabled: session !== null && visits !== undefined && visits.length > 0,
    placeholderData: (before) => before,
    structuralSharing: false,
    ...plaintext,
  });
}

/** What patients have granted to the connected doctor. */
export function useReceivedGrants() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: ["doctor", session?.chain.id ?? 0, "grants", address ?? null],
    queryFn: () => {
      if (!address) throw new Error("no account");
      return readGrantsTo(required(session).chain, address);
    },
    enabled: session !== null && address !== undefined,
    refetchInterval: REFRESH,
  });
}

/** Record ids of a patient's orders on which nothing is handed out any more. */
export function useEndedOrders(patient: Address) {
  const session = useReadSession();
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "ended", patient.toLowerCase()],
    queryFn: async () => {
      const orders = await readOrders(required(session).chain, { patient });
      const now = Date.now() / 1000;
      return new Set(orders.filter((order) => orderState(order, now) !== "valid").map(({ id }) => id));
    },
    enabled: session !== null,
    structuralSharing: false,
  });
}

/** The orders that the connected doctor signed, newest first. */
export function useOwnOrders() {
  const session = useReadSession();
  const { address } = useConnection();
  return useQuery({
    queryKey: ["orders", session?.chain.id ?? 0, "ofPrescriber", address ?? null],
    queryFn: async () => {
      if (!address) throw new Error("no account");
      return (await readOrders(required(session).chain, { prescriber: address })).reverse();
    },
    enabled: session !== null && address !== undefined,
  });
}
