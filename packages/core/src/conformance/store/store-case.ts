import type { Store } from "../../contracts/store.js";

/** One promise of the store contract. */
export interface StoreCase {
  /** The promise, as a sentence without its end. */
  name: string;
  /** Throws if the promise is broken. */
  run(fixture: StoreFixture): Promise<void>;
}

export interface StoreFixture {
  /** Over an empty database. */
  store: Store;
  /** Another connection to the same database, as another process would have it; `store` where there is no other. */
  connect(): Promise<Store>;
}
