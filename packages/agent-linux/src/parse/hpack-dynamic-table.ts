import { fieldSize, type HeaderField } from "./hpack-field.js";

/**
 * The fields that one side of a connection has named before (RFC 7541, 2.3.2).
 *
 * A reader that came late, or keeps less than the peers do, knows the newest ones only.
 */
export interface DynamicTable {
  /** @param index 0 is the newest */
  get(index: number): HeaderField | undefined;
  add(field: HeaderField): void;
  resize(size: number): void;
  /** What was there may no longer be where it was. */
  forget(): void;
}

/** Until a block says otherwise (RFC 9113, 6.5.2). */
const defaultSize = 4_096;
/** Peers may agree on more, which cannot be seen. */
const maxSize = 65_536;

export function dynamicTable(): DynamicTable {
  /** The oldest first. */
  let fields: HeaderField[] = [];
  let size = 0;
  let limit = defaultSize;

  const evict = () => {
    while (size > limit) {
      const oldest = fields.shift();
      if (oldest === undefined) return;
      size -= fieldSize(oldest);
    }
  };

  return {
    get: (index) => fields[fields.length - 1 - index],
    add(field) {
      fields.push(field);
      size += fieldSize(field);
      evict();
    },
    resize(newSize) {
      limit = Math.min(newSize, maxSize);
      evict();
    },
    forget() {
      fields = [];
      size = 0;
    },
  };
}
