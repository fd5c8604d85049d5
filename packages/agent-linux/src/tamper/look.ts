/** Finds what has changed since `since`, the time of the last look, in sentences. */
export type Look = (since: string) => string[];
