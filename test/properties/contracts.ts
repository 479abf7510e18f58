import type { Property } from "./property.ts";

/** What the contracts must always hold to. */
export const CONTRACT_PROPERTIES: readonly Property[] = [
  {
    id: "P01",
    layers: ["U", "M"],
    statement:
      "Anyone may create a hospital; its creator is its first admin in the same transaction; it can do nothing for patients until accredited; only the registrar accredits or suspends.",
  },
  { id: "P02", layers: ["U"], statement: "Neither a clone nor the implementation can be initialised again by anyone." },
  {
    id: "P03",
    layers: ["U", "F"],
    statement: "A deterministic clone's salt contains its creator, so that nobody can pre-empt an address.",
  },
  {
    id: "P04",
    layers: ["U"],
    statement: "Registry ownership moves in two steps; existing hospitals keep working without an owner.",
  },
  { id: "P05", layers: ["I"], statement: "Every hospital always has at least one admin." },
  {
    id: "P06",
    layers: ["M", "U"],
    statement:
      "Every external function x every kind of caller (registrar, admin, other hospital's admin, active doctor with and without grant, suspended doctor, pharmacist, patient, other patient, delegate, successor, predecessor, sponsor, stranger) behaves as in a committed matrix; a new function without a row fails the build.",
  },
  { id: "P07", layers: ["U", "I"], statement: "A role in hospital A means nothing in hospital B." },
  {
    id: "P08",
    layers: ["U"],
    statement:
      "An enrolled or appointed account cannot be registered again by anyone to reset its state; one that left comes back by its own request alone, which an admin confirms, and suspended staff cannot leave.",
  },
  {
    id: "P09",
    layers: ["U"],
    statement:
      "Becoming a patient needs the patient's own transaction or signature; he leaves, or withdraws a request, at any time.",
  },
  {
    id: "P10",
    layers: ["U", "F"],
    statement:
      "Only whoever acts for the account sets its encryption key and vault digest, by compare-and-swap; malformed and low-order keys are refused; old versions stay readable from events; no global uniqueness.",
    note: "The contract keeps the first 20 bytes of the vault's digest, in the slot of the versions; the whole digest is in the event. A second vault with the same 20 bytes takes 2^160 tries.",
  },
  {
    id: "P11",
    layers: ["U"],
    statement: "Zero address, the contract itself, and granting to oneself are refused or harmless, as specified.",
  },
  {
    id: "P12",
    layers: ["F", "S"],
    statement:
      "A grant with expiry e gives access up to e-1 and nothing at e; expiry in the past or beyond the maximum is refused.",
  },
  {
    id: "P13",
    layers: ["F", "S"],
    statement: "Scope is exact; category 0 and unknown bits never pass; read never implies write.",
  },
  {
    id: "P14",
    layers: ["I", "S"],
    statement:
      "If the doctor is not active in an accredited hospital, access is false whatever grants or emergencies exist.",
  },
  {
    id: "P15",
    layers: ["I"],
    statement: "access(patient, doctor, category) equals an independent reference model after any sequence of calls.",
  },
  {
    id: "P16",
    layers: ["U", "I"],
    statement:
      "After a revoke nothing can be written or prescribed under that grant, in the same block or later; revoke, cancel, withdraw and ending a break-glass never revert for the one entitled.",
  },
  {
    id: "P17",
    layers: ["U", "F"],
    statement:
      "No signature made before a revoke, or on another consent head, can create access after it; consentHead equals the replay of the patient's consent events.",
  },
  {
    id: "P18",
    layers: ["F"],
    statement:
      "A signature works once; not in another function, contract, clone or chain, nor after its deadline; changed fields, malleable s, compact form and wrong v fail.",
    note: "Grant, revoke, publish, claim and book have signed forms; each is bound to domain, function and fields, and used up by the consent head, a used mark, the versions, the membership or the round.",
  },
  {
    id: "P19",
    layers: ["U"],
    statement: "A signed grant submitted by a front-runner leaves exactly what the patient signed.",
  },
  {
    id: "P20",
    layers: ["U"],
    statement:
      "An ERC-1271 signer counts only while it returns the magic value; a reverting, gas-burning or short-returning one hurts only itself.",
  },
  { id: "P21", layers: ["U"], statement: "Accounts delegated by EIP-7702 follow the ERC-1271 rule; documented." },
  {
    id: "P22",
    layers: ["I"],
    statement: "Nobody but the patient, his successor, or a delegate within his mandate, ever raises scope or expiry.",
  },
  {
    id: "P23",
    layers: ["M", "I"],
    statement: "Admin, hospital, registrar and sponsor can never grant, extend or undo a revoke.",
  },
  {
    id: "P24",
    layers: ["U", "I"],
    statement:
      "A delegate is appointed by whoever acts for the patient, is bounded in scope and time, cannot remove the patient, and loses all power in the block of his removal.",
    note: "A minor's account is the child's own and held by the guardian; at age it is handed over by a succession, with its delay and veto (P58).",
  },
  { id: "P25", layers: ["U"], statement: "Delegation has depth one." },
  {
    id: "P26",
    layers: ["U", "F"],
    statement:
      "Suspending and re-activating a doctor does not revive old grants, nor grants signed before; what re-accrediting a hospital does is stated and tested.",
    note: "Re-accrediting a hospital lets grants that are neither expired nor revoked count again; suspending a member ends them for good.",
  },
  {
    id: "P27",
    layers: ["U", "I"],
    statement:
      "Every break-glass emits patient, doctor, hospital, categories, end and justification digest, and is counted for the patient.",
  },
  {
    id: "P28",
    layers: ["U"],
    statement:
      "Empty justification, patient not enrolled at that hospital, suspended or too recently appointed doctor, an admin who appointed himself: refused.",
  },
  {
    id: "P29",
    layers: ["F", "S"],
    statement:
      "The window is bounded, ends exactly, cannot be stacked or prolonged by repeating, nor by several doctors taking turns beyond the hospital's daily cap.",
  },
  { id: "P30", layers: ["U"], statement: "The patient ends it at once; the trail stays." },
  { id: "P31", layers: ["U"], statement: "It gives reading only." },
  { id: "P32", layers: ["U"], statement: "It is reviewed afterwards; unreviewed ones can be listed." },
  {
    id: "P33",
    layers: ["I", "S"],
    statement:
      "What was anchored never changes and never disappears: replaying the events of a patient always gives the stored head.",
  },
  {
    id: "P34",
    layers: ["U", "M"],
    statement:
      "No function deletes or overwrites; corrections are new entries; the sdk's supersede rule accepts only an earlier entry of the same category by the same author or countersigned by the patient, and shows the rest as disputed.",
  },
  {
    id: "P35",
    layers: ["I"],
    statement: "Events and ledger entries agree; entries never delivered to a store are listed as such.",
  },
  {
    id: "P36",
    layers: ["U", "I"],
    statement:
      "A doctor writes only while active and with write access to that category at that second; a patient (or his successor) only about himself; the author is the sender; the one exception is Prescriptions, wired once and locked, passing its own sender.",
  },
  {
    id: "P37",
    layers: ["U"],
    statement:
      "Nobody can block or pre-empt another's anchor, claim or booking by copying it; readers ignore a second entry of the same author and digest.",
  },
  {
    id: "P38",
    layers: ["U", "F"],
    statement:
      "Merkle batches (one patient's entry): leaf differs from node, the leaf binds chain, contract, patient, author and digest; odd, single, empty and duplicate leaves behave; a proof for one root fails for another.",
  },
  { id: "P39", layers: ["S", "U"], statement: "Zero digest and unknown category are refused." },
  { id: "P40", layers: ["I"], statement: "Only allowed transitions; a slot is booked once; end states are final." },
  {
    id: "P41",
    layers: ["E"],
    statement: "No calldata, event or storage of a whole end-to-end run contains readable health or identity text.",
  },
  {
    id: "P42",
    layers: ["I", "S"],
    statement: "dispensed <= allowed, always; of two pharmacies racing for the last refill exactly one wins.",
  },
  {
    id: "P43",
    layers: ["U"],
    statement:
      "Dispensing needs an order signed by a doctor who was active with access then, not expired to the second, not cancelled, an active pharmacist, and the order's capability signature for exactly this pharmacist, items, counts and what remains.",
  },
  { id: "P44", layers: ["U"], statement: "Cancel only by the prescriber or as specified; nothing un-cancels." },
  {
    id: "P45",
    layers: ["U"],
    statement: "A prescription of a doctor suspended later: a documented outcome, tested.",
    note: "The order stays good: it was lawful when signed, and the patient needs the medicine.",
  },
  {
    id: "P46",
    layers: ["I", "S"],
    statement:
      "The contract's balance covers open fees and withdrawable sums; only deposits and withdrawals change the total.",
  },
  { id: "P47", layers: ["U", "F"], statement: "A fee settles once; refund times are exact; splits lose no wei." },
  {
    id: "P48",
    layers: ["U"],
    statement: "Pull payments; a reverting, re-entering or gas-griefing receiver hurts only himself.",
  },
  { id: "P49", layers: ["U"], statement: "Suspending a doctor or closing a hospital locks no fee." },
  { id: "P50", layers: ["U"], statement: "Plain ether transfers revert." },
  {
    id: "P57",
    layers: ["U", "F"],
    statement:
      "A voucher works once, for its role, before its expiry, while its signer is an admin; a copied claim fails; a staff claim has no power before confirmation.",
  },
  {
    id: "P58",
    layers: ["U"],
    statement:
      "A successor takes effect only after its delay, without veto, and then everywhere; the old account has no power after it.",
    note: "One step, not a chain (docs/adr/0009). An old wallet that is active staff stays so until its successor leaves in its name or an admin suspends it; it is never confirmed or reactivated again.",
  },
  {
    id: "P51",
    layers: ["M"],
    statement: "No reachable loop over storage that users can grow; batch sizes are capped and tested at the cap.",
  },
  {
    id: "P52",
    layers: ["M", "E"],
    statement: "Every state change emits; state rebuilt from logs alone equals contract state.",
  },
  {
    id: "P53",
    layers: ["M"],
    statement:
      "No tx.origin, delegatecall outside clones, selfdestruct, unchecked low-level call, blockhash randomness.",
  },
  {
    id: "P54",
    layers: ["M"],
    statement: "Every contract is below the code size limit with margin; gas and storage layout are pinned.",
  },
  {
    id: "P55",
    layers: ["U"],
    statement: "A pause, if there is one, never stops revoke, withdraw, or ending a break-glass.",
    note: "There is no pause.",
  },
  { id: "P56", layers: ["U"], statement: "No view pretends to keep a secret." },
];
