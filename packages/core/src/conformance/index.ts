export * from "./agent-conformance.js";
export * from "./notifier-conformance.js";
export * from "./notifier-hostile-sample.js";
export type * from "./notifier-receiver.js";
export * from "./notifier-samples.js";
export * from "./scorer-conformance.js";
export * from "./store-conformance.js";
export type * from "./watched-place.js";
