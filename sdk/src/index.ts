/** Keys, records, store, chain and workflows of Chartkey. Runs in browsers and in Node. */
export type { Bytes } from "./bytes.ts";
export { fromBase64Url, fromUtf8, randomBytes, sha256, toBase64Url, utf8 } from "./bytes.ts";
export { ChartkeyError } from "./errors.ts";
export { canonicalBytes } from "./json.ts";
export { blobSink } from "./sinks.ts";
export type { Vault } from "./crypto/vault/secrets.ts";
export type { PayloadMeta } from "./crypto/payload.ts";
export { normalizeRecoveryCode } from "./crypto/vault/recovery-code.ts";
export { type ContentReference, fromCid, parseCid, rawReference, referenceOf, toCid } from "./storage/cid.ts";
export { type ContentStore, contentStore } from "./storage/content-store.ts";
export { type Copy, type CopyState, repairFile } from "./storage/repair.ts";
export { type StoreFault, contentStores, storesOf } from "./storage/replicated-store.ts";
export { type FileScope, PUBLIC_FILE, categoryFile, chartFile, letterTo, stagedFile } from "./storage/scope.ts";
export type { StoredLetter } from "./storage/letter-list.ts";
export type { StoreSession } from "./storage/store-session.ts";
export { type Chain, type Expectations, connectChain, deploymentOn, rpcClient } from "./chain/connection.ts";
export { type HeadKeeper, HeadMemory } from "./chain/seen-heads.ts";
export { type SentStanding, type SentState, type SentTransaction, standingOf } from "./chain/sent.ts";
export { type Anchor, type AnchorKind, readAnchors } from "./chain/anchors.ts";
export { type Consent, type ConsentAudit, auditConsent, canRead, readConsent } from "./chain/consent.ts";
export { type ReceivedGrant, readGrantsTo } from "./chain/grants.ts";
export {
  type DelegateAct,
  MANDATE_ACTIONS,
  type Mandate,
  type MandateAction,
  fromActions,
  isMandated,
  readDelegateActs,
  readMandates,
} from "./chain/delegates.ts";
export { type PublishedVault, findKey, readVault } from "./chain/directory.ts";
export {
  EMERGENCY_PAUSE,
  EMERGENCY_TERM,
  type Emergency,
  OUTCOMES,
  type Outcome,
  isOpen,
  readEmergencies,
  readEmergency,
} from "./chain/emergencies.ts";
export { type ConsentChange, type LedgerEntry, ZERO_HEAD, nextHead, sequenceOf } from "./chain/head.ts";
export {
  ACCREDITATIONS,
  type Accreditation,
  type Hospital,
  MEMBER_STATUSES,
  type Member,
  type MemberChange,
  type MemberStatus,
  ROLES,
  type Role,
  type VoucherTerms,
  findVoucherFault,
  isAdmin,
  readActiveSince,
  readAdministered,
  readHospital,
  readHospitals,
  readIsAuditor,
  readMemberChanges,
  readMembers,
  readRegistrar,
} from "./chain/hospitals.ts";
export {
  type AnchoredEntry,
  type Ledger,
  type LedgerAudit,
  auditLedger,
  readHead,
  readLedger,
  readPatients,
} from "./chain/ledger.ts";
export { type Dispensing, readDispensings } from "./chain/dispensings.ts";
export {
  MAX_FILLS,
  MAX_MEDICINES,
  type Order,
  type OrderState,
  orderState,
  readOrder,
  readOrders,
  unpackCounts,
} from "./chain/orders.ts";
export { COUNTED, type Counted, type Tally, readTallies } from "./chain/statistics.ts";
export { toChainError } from "./chain/reverts.ts";
export { isReviewer, readReviewed, readReviewers } from "./chain/reviewers.ts";
export type { Wallet } from "./chain/transact.ts";
export { type FreeSlot, type OfferedDay, readFee, readFreeSlots, readOffer } from "./chain/slots.ts";
export {
  type Proposal,
  type Succession,
  readActor,
  readProposal,
  readProposalsTo,
  readRecoveredBy,
  readRecovery,
  readSucceeded,
  readSuccessionDelay,
} from "./chain/succession.ts";
export { VISIT_TIMES, type VisitMove, cancellationCost, mayMove } from "./chain/visit-rule.ts";
export {
  type FeeAccount,
  VISIT_STATES,
  type Visit,
  type VisitState,
  readFeeAccount,
  readVisits,
  slotStart,
} from "./chain/visits.ts";
export { type Deployment, deployments } from "./generated/addresses.ts";
export { accessLogAbi } from "./generated/abi/AccessLog.ts";
export { appointmentsAbi } from "./generated/abi/Appointments.ts";
export { consentRegistryAbi } from "./generated/abi/ConsentRegistry.ts";
export { hospitalAbi } from "./generated/abi/Hospital.ts";
export { hospitalRegistryAbi } from "./generated/abi/HospitalRegistry.ts";
export { keyDirectoryAbi } from "./generated/abi/KeyDirectory.ts";
export { prescriptionsAbi } from "./generated/abi/Prescriptions.ts";
export { recordRegistryAbi } from "./generated/abi/RecordRegistry.ts";
export {
  type AccessRequest,
  type AccessRequestTerms,
  MAX_REASON,
  REQUEST_DAYS,
  forgetAccessRequests,
  readAccessRequests,
  requestAccess,
} from "./workflows/access-requests.ts";
export { readAccessLog } from "./workflows/access-log.ts";
export { type ChartProof, readChartProof } from "./workflows/chart-proof.ts";
export { type BatchSearch, findInBatches } from "./workflows/batch-search.ts";
export { type CardCode, decodeCardCode, encodeCardCode, isCardCode } from "./workflows/card-code.ts";
export {
  type ChartFile,
  type ChartFileKind,
  type ChartRepair,
  type CheckedFile,
  type UnreadList,
  repairChart,
} from "./workflows/chart-files.ts";
export { type ControlReport, type WithdrawalReport, eraseRecord, hideRecord, showRecord } from "./workflows/control.ts";
export type { Leftover } from "./workflows/controlled-files.ts";
export type { Elsewhere } from "./workflows/elsewhere.ts";
export type { FileKind, RemovalReport } from "./workflows/removal.ts";
export {
  type OpenedShare,
  type Share,
  type ShareTerms,
  openShare,
  readShares,
  shareRecord,
} from "./workflows/shares.ts";
export { type ShareEnd, withdrawShare } from "./workflows/share-end.ts";
export { revokeStrongly } from "./workflows/strong-revoke.ts";
export { type GrantTerms, fromScope, grantAccess, revokeAccess, toScope } from "./workflows/consent.ts";
export { type RecordReference, type Standing, correctionsOf } from "./workflows/corrections.ts";
export {
  type MandateTerms,
  appointDelegate,
  grantAsDelegate,
  isDelegateSession,
  removeDelegate,
  resignMandate,
} from "./workflows/delegates.ts";
export type { DraftKeeper, DraftState, KeptDraft, OutboxContent } from "./workflows/draft-keeper.ts";
export { Outbox, type OutboxOptions } from "./workflows/outbox.ts";
export type { DeliveredFile } from "./workflows/delivered-files.ts";
export { type Deliveries, type Delivery, readDeliveries } from "./workflows/deliveries.ts";
export { type FirstAccess, type FirstAccesses, readFirstAccesses } from "./workflows/first-accesses.ts";
export { type ReceiptAnchoring, publishReceipts } from "./workflows/receipt-roots.ts";
export { type OpenedOrder, dispense, openOrderCode } from "./workflows/dispense.ts";
export { DeviceNotes, type NoteKeeper } from "./workflows/device-notes.ts";
export { type SealedDraft, openDraft, sealDraft } from "./workflows/draft.ts";
export {
  type EmergencyTerms,
  endEmergency,
  openEmergency,
  readJustification,
  readReport,
  reviewEmergency,
  setReviewer,
} from "./workflows/emergencies.ts";
export {
  type OwnSet,
  type SetTerms,
  isSealedTo,
  publishSet,
  readOwnSet,
  withdrawSet,
} from "./workflows/emergency-card.ts";
export { type ChartResource, FHIR_JSON, findResources, resourcesOf } from "./workflows/chart-resources.ts";
export {
  EXPORT_FILES,
  EXPORT_FORMATS,
  type ExportFormat,
  type ExportOptions,
  type ExportedChart,
  exportChart,
  summarizeChart,
} from "./workflows/export-chart.ts";
export { type HealthLinkFile, newHealthLinkKey, openHealthLinkFile, sealHealthLinkFile } from "./crypto/health-link.ts";
export { type HealthLink, decodeHealthLink, encodeHealthLink, isHealthLinkOver } from "./workflows/health-link.ts";
export {
  type HealthLinkList,
  LINK_PASSCODE,
  MAX_LINK_USES,
  type LinkOffer,
  type OwnHealthLink,
  endHealthLink,
  makeHealthLink,
  readHealthLinks,
  renewHealthLink,
} from "./workflows/health-links.ts";
export {
  type LinkChoice,
  type LinkContent,
  MAX_LINK_FILES,
  linkContent,
  linkableRecords,
} from "./workflows/link-content.ts";
export {
  type LinkManifest,
  type LinkReader,
  hostOfLink,
  openManifest,
  requestManifest,
} from "./workflows/open-health-link.ts";
export {
  HEALTH_CARD_TYPE,
  type HealthCard,
  newCardRoom,
  readHealthCard,
  readHealthCards,
} from "./workflows/health-cards.ts";
export {
  type HealthCardCheck,
  type HealthCardKeys,
  MAX_CARD_KEYS,
  checkHealthCard,
  readHealthCardKeys,
  requestHealthCardKeys,
} from "./workflows/health-card-keys.ts";
export type { LinkState } from "./storage/link-store.ts";
export { type EmergencyCandidates, emergencyCandidates, sequenceOfItem } from "./workflows/emergency-items.ts";
export type { ChartState, OpenedSet, SetContent } from "./workflows/emergency-set.ts";
export { findSetAt, handOver, readHandedOver } from "./workflows/hand-over.ts";
export {
  INVITATION_TERM,
  type Invitee,
  claim,
  confirmMember,
  createHospital,
  invite,
  leaveHospital,
  setAccreditation,
  setMemberActive,
} from "./workflows/hospital.ts";
export { type HospitalKey, findHospitalKey, publishHospitalKey, removeHospitalKey } from "./workflows/hospital-key.ts";
export { type Invitation, decodeInvitation, encodeInvitation } from "./workflows/invitation.ts";
export { forgetInvitation, keepInvitation, readKeptInvitations } from "./workflows/kept-invitations.ts";
export { type StagedDraft, stageRecords } from "./workflows/stage.ts";
export { MAX_STAGED } from "./workflows/staged-list.ts";
export { type Staged, type Staging, type StagingProblem, declineStaged, readStaged } from "./workflows/staged.ts";
export { type AcceptedStaged, acceptStaged } from "./workflows/accept-staged.ts";
export { requireClaimer } from "./workflows/staged-claimer.ts";
export type { StagedRefusal } from "./workflows/staged-records.ts";
export { MAX_LETTER } from "./workflows/letters.ts";
export { type PreparedVault, hasVault, prepareVault, publishKey, unlock } from "./workflows/keys.ts";
export { type NewWay, type UnlockWay, type UnlockWith, canWalletUnlock } from "./workflows/unlock-ways.ts";
export {
  type RemovableWay,
  addUnlockWay,
  prepareRecoveryCode,
  readUnlockWays,
  removeUnlockWay,
  rotateKey,
} from "./workflows/vault-change.ts";
export { type RenewedVault, prepareRenewal, repairVault } from "./workflows/vault-renewal.ts";
export { openCard } from "./workflows/open-card.ts";
export { ChartReader } from "./workflows/open.ts";
export { payloadJson } from "./workflows/payload-json.ts";
export { MAX_HELD, type OpenedRecord } from "./workflows/opened-record.ts";
export { type VerifiedOrder, countsOf, verifyOrder } from "./workflows/order-check.ts";
export { decodeOrderCode, decodeOrderReference, isOrderCode } from "./workflows/order-code.ts";
export { cancelOwnOrder } from "./workflows/cancel-own-order.ts";
export { type OrderDraft, cancelOrder, prescribe } from "./workflows/prescriptions.ts";
export { type Card, type HospitalProfile, type StaffEntry, readMemberCards, readProfile } from "./workflows/profile.ts";
export { type FileDraft, type FileProgress, publishFile } from "./workflows/large-files.ts";
export { type Spool, blobSpool } from "./workflows/spool.ts";
export { type Imported, type ImportOptions, type ImportSource, RecordImport } from "./workflows/import-records.ts";
export { importDraft } from "./workflows/import-draft.ts";
export type { DetachedAttachment } from "./workflows/detached.ts";
export { exportedText } from "./workflows/exported-text.ts";
export { openAttachmentInto } from "./workflows/open-attachment.ts";
export { chunksOf } from "./chunks.ts";
export { Pace, type Paced } from "./pace.ts";
export { type Draft, MAX_BATCH, publishBatch, publishRecord } from "./workflows/publish.ts";
export {
  type OnPhase,
  PHASES,
  type Phase,
  type ReadSession,
  type Session,
  type Carrier,
  type UnlockedSession,
  accountOf,
  entryFile,
  sameAddress,
} from "./workflows/session.ts";
export type { PartOfTimeline, TimelineEntry } from "./workflows/opening.ts";
export { orderReferenceText, showOrder } from "./workflows/show-order.ts";
export { storeRights } from "./workflows/store-rights.ts";
export { type AppName, appAt, storeSession } from "./workflows/store-session.ts";
export { SPECIALITIES } from "./workflows/specialities.ts";
export {
  type Timeline,
  type TimelineListener,
  openRecord,
  openRecordInto,
  readTimeline,
} from "./workflows/timeline.ts";
export { acceptSuccession, proposeSuccessor, setRecovery, vetoSuccessor } from "./workflows/succession.ts";
export {
  type VisitStep,
  advanceVisit,
  cancelVisit,
  expireVisit,
  markNoShow,
  rescheduleVisit,
  withdrawFees,
} from "./workflows/visit-steps.ts";
export {
  type Availability,
  type Booked,
  type Booking,
  bookAppointment,
  openRequest,
  publishAvailability,
} from "./workflows/visits.ts";
