/** One object store of the browser's own database, for what is sealed before it comes here. */
export interface Database {
  /** Asks one thing; what was changed is on the disk when this resolves. Rejects with what the browser says. */
  ask<Answer>(mode: IDBTransactionMode, question: (store: IDBObjectStore) => IDBRequest<Answer>): Promise<Answer>;
}

function open(name: string, store: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("not opened"));
  });
}

/** The database of a name with its one store. */
export function database(name: string, store: string): Database {
  return {
    async ask(mode, question) {
      const opened = await open(name, store);
      try {
        const transaction = opened.transaction(store, mode, { durability: "strict" });
        const request = question(transaction.objectStore(store));
        await new Promise<void>((resolve, reject) => {
          transaction.oncomplete = () => resolve();
          transaction.onabort = () => reject(transaction.error ?? new Error("aborted"));
        });
        return request.result;
      } finally {
        opened.close();
      }
    },
  };
}
