/** A slice of a list, and where the next one begins. */
export interface Page<T> {
  items: T[];
  /** Pass as `cursor` for the next slice; unset at the end. */
  next?: string;
}

export interface PageQuery {
  cursor?: string;
  /** At most this many items. Default 50, at most 1000. */
  limit?: number;
}
