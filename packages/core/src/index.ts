export * from "./baseline/baseline.js";
export * from "./baseline/baseline-options.js";
export * from "./baseline/called-hosts.js";
export * from "./baseline/fleet-sightings.js";
export * from "./baseline/learn-run.js";
export * from "./baseline/maturity.js";
export * from "./contracts/capture-agent.js";
export * from "./contracts/logger.js";
export * from "./contracts/notifier.js";
export * from "./contracts/outlier-scorer.js";
export * from "./contracts/page.js";
export * from "./contracts/store/baseline-store.js";
export * from "./contracts/store/call-store.js";
export * from "./contracts/store/delivery-store.js";
export * from "./contracts/store/detection-store.js";
export * from "./contracts/store/event-store.js";
export * from "./contracts/store/run-store.js";
export * from "./contracts/store.js";
export * from "./delivery/delivery.js";
export * from "./delivery/links.js";
export * from "./delivery/notification.js";
export * from "./delivery/retry-schedule.js";
export * from "./detection/detection.js";
export * from "./display/describe-detection.js";
export * from "./display/notification-text.js";
export * from "./display/utc-time.js";
export * from "./display/visible-text.js";
export * from "./display/web-link.js";
export * from "./endpoint/address.js";
export * from "./endpoint/domain-name.js";
export * from "./endpoint/endpoint.js";
export * from "./endpoint/endpoint-chain.js";
export * from "./events/event.js";
export { type ParsedEvents, parseEvents, type RejectedEvent } from "./events/parse-events.js";
export * from "./events/with-heartbeats.js";
export * from "./job/job.js";
export * from "./knowledge/dual-use.js";
export * from "./masking/mask-arguments.js";
export * from "./masking/mask-secrets.js";
export * from "./masking/mask-url-path.js";
export * from "./memory-store/memory-store.js";
export * from "./model/assessment.js";
export * from "./model/observation.js";
export * from "./model/severity-of-bits.js";
export {
  createMonitor,
  type Ingested,
  type Monitor,
  maxBatchEvents,
  type Run,
} from "./monitor/monitor.js";
export type { MonitorOptions } from "./monitor/monitor-options.js";
export type { Observed } from "./monitor/run-follower.js";
export * from "./monitor/run-report.js";
export type { TreeNodes } from "./outlier/forest-builder.js";
export * from "./outlier/forest-scorer.js";
export type { ForestSize } from "./outlier/forest-size.js";
export * from "./outlier/isolation-forest-scorer.js";
export type { RowSample } from "./outlier/row-sampler.js";
export type { RandomStream } from "./outlier/seeded-random.js";
export * from "./run/call.js";
export * from "./run/name-confidence.js";
export * from "./run/process.js";
export * from "./run/run.js";
export type { SessionLimits } from "./run/run-session.js";
export * from "./run/shell-words.js";
export * from "./run/step.js";
export * from "./straycall-error.js";
