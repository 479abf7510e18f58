import { useTranslation } from "react-i18next";
import { useChainId } from "wagmi";
import { formatEther } from "viem";
import { sameAddress } from "@chartkey/sdk";
import { Address } from "../../components/Address.tsx";
import { decodeCall, type DecodedArgument } from "../../lib/chain/decode.ts";
import { findDeployment } from "../../lib/chain/deployment.ts";
import type { SigningRequest } from "../../lib/devwallet/approvals.ts";
import { typedDataFields } from "../../lib/devwallet/fields.ts";
import { lastName, useSentenceValues } from "../../lib/format/useArgumentWords.ts";
import { hospitalName, useHospitals } from "../../lib/hospitals/useHospitals.ts";
import { SignedFields } from "./SignedFields.tsx";

type RequestOf<Kind extends SigningRequest["kind"]> = Extract<SigningRequest, { kind: Kind }>;

/** The end of the patient's own access ends nobody's: it renews the keys, and has a sentence of its own. */
function isRenewal(name: string, fields: readonly DecodedArgument[]): boolean {
  const [patient, grantee] = ["patient", "grantee"].map((of) => fields.find((field) => lastName(field) === of)?.value);
  return /^revoke$/i.test(name) && patient !== undefined && grantee !== undefined && sameAddress(patient, grantee);
}

const RENEWAL = "contracts:renewal";

/** A transaction: the sentence of its function, what it is about, and folded, contract and function. */
export function TransactionDetails({ request }: { readonly request: RequestOf<"transaction"> }) {
  const { t } = useTranslation(["connect", "contracts"]);
  const deployment = findDeployment(useChainId());
  const call = request.to ? decodeCall(deployment, request.to, request.data) : null;
  const values = useSentenceValues();
  const { data: hospitals } = useHospitals();
  const hospital = hospitals?.find(({ address }) => request.to !== null && sameAddress(address, request.to));
  const name = hospital && (hospitalName(hospitals, hospital.id) ?? t("common:standing.hospital", { id: hospital.id }));
  return (
    <>
      <blockquote className="ck-sign">
        <p className="ck-sentence">
          {call
            ? t(
                isRenewal(call.name, call.arguments) ? RENEWAL : `contracts:call.${call.contract}.${call.name}`,
                values(call.arguments),
              )
            : t("approval.unknownCall")}
        </p>
      </blockquote>
      {request.value > 0n && (
        <dl className="ck-def m-0">
          <dt>{t("approval.value")}</dt>
          <dd>
            <bdi>{formatEther(request.value)} ETH</bdi>
          </dd>
        </dl>
      )}
      <SignedFields fields={call?.arguments ?? []} known={call !== null}>
        <dt>{t("approval.contract")}</dt>
        <dd>{request.to ? <Address value={request.to} /> : t("approval.newContract")}</dd>
        <dt>{t("approval.function")}</dt>
        <dd className="ck-mono">
          <bdi>{call ? `${call.contract}.${call.name}` : request.data.slice(0, 10)}</bdi>
        </dd>
      </SignedFields>
      {call && !call.certain && (
        <p className="ck-s ck-2 m-0">{name ? t("approval.ofHospital", { name }) : t("approval.byShape")}</p>
      )}
    </>
  );
}

/** Typed data: the sentence of its kind, what it is about, and folded, which contract it is for. */
export function TypedDataDetails({ request }: { readonly request: RequestOf<"typedData"> }) {
  const { t, i18n } = useTranslation(["connect", "contracts"]);
  const note = `contracts:note.${request.data.primaryType}`;
  // Texts are signed in English, whatever the reader's language: who reads another has their meaning first.
  const translated = i18n.exists(note) && i18n.language !== "en";
  const { domain, primaryType } = request.data;
  const fields = typedDataFields(request.data);
  const values = useSentenceValues();
  return (
    <>
      <blockquote className="ck-sign">
        <p className="ck-sentence">
          {t([isRenewal(primaryType, fields) ? RENEWAL : `contracts:typed.${primaryType}`, "approval.unknownTyped"], {
            ...values(fields),
            type: primaryType,
          })}
        </p>
        {translated && <p className="mb-0">{t(note)}</p>}
      </blockquote>
      <SignedFields fields={fields} known={i18n.exists(`contracts:typed.${primaryType}`)}>
        <dt>{t("approval.for")}</dt>
        <dd>
          <bdi>{domain?.name ?? t("approval.unnamed")}</bdi>{" "}
          {domain?.verifyingContract && <Address value={domain.verifyingContract} />}
        </dd>
      </SignedFields>
    </>
  );
}

/** How a sign-in at the stores begins (ERC-4361); only for this page's own address is it one. */
const signInHere = () => `${window.location.host} wants you to sign in with your Ethereum account:\n`;

/** A plain message, word for word; that of a sign-in folded behind its meaning. */
export function MessageDetails({ request }: { readonly request: RequestOf<"message"> }) {
  const { t } = useTranslation("connect");
  const words = (
    <blockquote className="ck-sign">
      <pre className="ck-message" dir="auto">
        {request.text}
      </pre>
    </blockquote>
  );
  if (!request.text.startsWith(signInHere())) return words;
  return (
    <>
      <blockquote className="ck-sign">
        <p className="ck-sentence">{t("approval.signIn")}</p>
      </blockquote>
      <details className="ck-raw">
        <summary>{t("approval.words")}</summary>
        <div className="mt-3">{words}</div>
      </details>
    </>
  );
}
