// What this browser keeps of takes until the server has them: IndexedDB, on disk before anything is said about it.

import { done } from "/play/static/done.js";

const DATABASE = "phonics-studio";
const TAKES = "takes";

/** Opens the storage; rejects where a browser has none, because then a take could be lost. */
export async function openShelf() {
  navigator.storage?.persist?.().catch(() => {});
  const request = indexedDB.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TAKES, { keyPath: "id" });
  return new Shelf(await done(request));
}

class Shelf {
  constructor(database) {
    this.database = database;
  }

  /** Resolves when it is on disk, not merely handed over. */
  write(work) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(TAKES, "readwrite", { durability: "strict" });
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error("storage"));
      work(transaction.objectStore(TAKES));
    });
  }

  put(entry) {
    return this.write((takes) => takes.put(entry));
  }

  remove(id) {
    return this.write((takes) => takes.delete(id));
  }

  /** Entries of one account, the oldest first: several people may use this browser. */
  async of(account) {
    const all = await done(this.database.transaction(TAKES).objectStore(TAKES).getAll());
    return all.filter((entry) => entry.account === account).sort((a, b) => a.number - b.number);
  }
}
