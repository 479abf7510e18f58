import { useTranslation } from "react-i18next";
import type { DecodedArgument } from "../lib/chain/decode.ts";
import { zeroAddress, zeroHash } from "viem";
import { lastName, useArgumentWords } from "../lib/format/useArgumentWords.ts";
import { HospitalName, NamedAddress } from "./AccountName.tsx";
import { Address } from "./Address.tsx";
import { EndTime } from "./EndTime.tsx";
import { Time } from "./Time.tsx";

const TIMES = new Set(["since", "activeSince", "time", "signedAt", "deadline", "effective", "end"]);

function Value({ argument, named }: { readonly argument: DecodedArgument; readonly named: boolean }) {
  const { t } = useTranslation();
  const inWords = useArgumentWords();
  const { type, value } = argument;
  const name = lastName(argument);
  if (type === "address" && value === zeroAddress) return t(name === "account" ? "decoded.holder" : "decoded.none");
  if (type === "bytes32" && value === zeroHash) return t("decoded.blank");
  if (type === "address") return named ? <NamedAddress account={value} /> : <Address value={value} />;
  if (type === "uint32" && name === "hospital" && named && value !== "0") return <HospitalName id={Number(value)} />;
  if (type === "bool") return t(value === "true" ? "decoded.yes" : "decoded.no");
  if (type.startsWith("bytes") && value.length > 20) return <Address value={value} kind="hash" />;
  if (type === "uint40" && name === "expiry" && Number(value) > 1) return <EndTime seconds={Number(value)} />;
  if (type === "uint40" && TIMES.has(name) && Number(value) > 1) return <Time seconds={Number(value)} />;
  const words = inWords(argument);
  if (words !== null) return <bdi>{words}</bdi>;
  return <bdi className="ck-tnum">{value === "" ? t("decoded.empty") : value}</bdi>;
}

export interface DecodedArgumentsProps {
  readonly arguments: readonly DecodedArgument[];
  /** Says the names of accounts and hospitals as well, for whoever is about to sign. */
  readonly named?: boolean;
}

/** Arguments of a call, event or typed data: named in words where the name is known, values in the form people read. */
export function DecodedArguments({ arguments: list, named = false }: DecodedArgumentsProps) {
  const { t } = useTranslation("contracts");
  if (list.length === 0) return null;
  return (
    <dl className="ck-def">
      {list.map((argument) => (
        <div key={argument.name} className="ck-def-row">
          <dt title={`${argument.name}: ${argument.type}`}>
            {t([`argument.${lastName(argument)}`, "argument.other"], { name: argument.name })}
          </dt>
          <dd>
            <Value argument={argument} named={named} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
