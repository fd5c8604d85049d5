export * from "./baseline/baseline.js";
export * from "./baseline/baseline-file.js";
export * from "./baseline/baseline-index.js";
export * from "./baseline/baseline-options.js";
export * from "./baseline/called-hosts.js";
export * from "./baseline/changelog.js";
export * from "./baseline/counts.js";
export * from "./baseline/families.js";
export type { FittedOutliers } from "./baseline/fitted-outliers.js";
export * from "./baseline/fleet-prior.js";
export * from "./baseline/fleet-sightings.js";
export * from "./baseline/learn-run.js";
export * from "./baseline/maturity.js";
export * from "./baseline/merge-baselines.js";
export type { OutlierMemory } from "./baseline/outlier-memory.js";
export * from "./baseline/run-sightings.js";
export * from "./baseline/traffic.js";
export * from "./baseline/use-fleet-prior.js";
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
export * from "./contracts/store/every-baseline.js";
export * from "./contracts/store/run-store.js";
export * from "./contracts/store/settings-store.js";
export * from "./contracts/store/suppression-store.js";
export * from "./contracts/store.js";
export * from "./delivery/bundle.js";
export * from "./delivery/delivery.js";
export * from "./delivery/idempotency-header.js";
export * from "./delivery/links.js";
export * from "./delivery/notification.js";
export * from "./delivery/read-answer.js";
export * from "./delivery/retry-after.js";
export * from "./delivery/retry-schedule.js";
export * from "./detection/detection.js";
export * from "./detection/review.js";
export type { ReviewRequest } from "./detection/review-request.js";
export * from "./detection/reviewed.js";
export * from "./display/describe-detection.js";
export * from "./display/describe-together.js";
export * from "./display/network-reason.js";
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
export * from "./investigation/investigation.js";
export * from "./job/job.js";
export { type BuildService, buildServiceOf } from "./knowledge/build-services.js";
export * from "./knowledge/dual-use.js";
export type { ImitatedNames } from "./knowledge/look-alike/imitated-names.js";
export * from "./masking/mask-arguments.js";
export * from "./masking/mask-secrets.js";
export * from "./masking/mask-url-path.js";
export * from "./memory-store/memory-store.js";
export type { MovedAt } from "./model/assess-traffic.js";
export * from "./model/assessment.js";
export { type DataInNames, dataInNames } from "./model/data-in-names.js";
export * from "./model/deviation.js";
export * from "./model/lineage-of.js";
export * from "./model/observation.js";
export * from "./model/observe-call.js";
export { programName } from "./model/program-name.js";
export * from "./model/route.js";
export * from "./model/severity-of-bits.js";
export {
  createMonitor,
  type Ingested,
  type Monitor,
  maxBatchEvents,
  type Run,
} from "./monitor/monitor.js";
export type { MonitorOptions } from "./monitor/monitor-options.js";
export type { NotifierState, Notifiers } from "./monitor/notifiers.js";
export type { Observed } from "./monitor/run-follower.js";
export * from "./monitor/run-report.js";
export type { SuppressionPreview, Suppressions } from "./monitor/suppressions.js";
export * from "./monitor/told-places.js";
export * from "./monitor/traffic-watch.js";
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
export type {
  NotificationSettings,
  NotificationSettingsChange,
  Pace,
  Route,
} from "./settings/notification-settings.js";
export * from "./settings/setting-text.js";
export type { StoredSettings } from "./settings/stored-settings.js";
export * from "./straycall-error.js";
export type { SuppressionRequest } from "./suppression/parse-suppression.js";
export * from "./suppression/suppression.js";
export * from "./suppression/wildcard.js";
