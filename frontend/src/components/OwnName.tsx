import { useOwnName } from "../lib/acting/names.ts";

/** The wallet's own name for somebody it acts for, if there is one and its key is unlocked. */
export default function OwnName({ account }: { readonly account: string }) {
  const { name } = useOwnName(account);
  return name && <bdi className="ck-strong">{name} </bdi>;
}
