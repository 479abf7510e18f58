import type { Session } from "@chartkey/sdk";

/** The session with a wallet that tells, before it is asked to sign typed data, which time this is, from 1. */
export function counted(session: Session, onAsk: (number: number) => void): Session {
  let asked = 0;
  const { wallet } = session;
  const signTypedData: typeof wallet.signTypedData = (data) => {
    onAsk(++asked);
    return wallet.signTypedData(data);
  };
  return { ...session, wallet: { ...wallet, signTypedData } };
}
