import {
  type Delivery,
  type Detection,
  deliveryId,
  describeDetection,
  type Investigation,
  notificationText,
  visibleText,
} from "@straycall/core";
import { runPath } from "../page-links.js";
import { ChangesSection } from "./changes-section.js";
import { DeliveriesTable } from "./deliveries-table.js";
import { ElsewhereSection } from "./elsewhere-section.js";
import { FactList, factToShow } from "./facts.js";
import { Layout } from "./layout.js";
import { LogSection } from "./log-section.js";
import { KindMark, RecordingMark, SeverityMark } from "./marks.js";
import { Moment } from "./moment.js";
import { ProcessSection } from "./process-section.js";
import { RequestsSection } from "./requests-section.js";
import { ReviewSection } from "./review-section.js";
import { ScoreSection } from "./score-section.js";
import { StepSection } from "./step-section.js";
import { SuspectsSection } from "./suspects-section.js";

export interface DetectionPageProps {
  detection: Detection;
  deliveries: readonly Delivery[];
  found: Investigation;
  links: { detection: string; run: string };
  isRecorded: boolean;
  now: number;
}

/** The parts of the runbook, in the order in which a person asks. */
const parts = {
  suspects: "Suspects",
  severity: "How bad",
  happened: "What happened",
  step: "Step",
  process: "Process",
  requests: "Requests",
  log: "Build log",
  changes: "Changes",
  elsewhere: "Elsewhere",
  decide: "Decide",
  told: "Told",
} as const;

/** The runbook from top to bottom, with the answers filled in; each part has a link of its own. */
export function DetectionPage(props: DetectionPageProps) {
  const { detection, deliveries, found, links, isRecorded, now } = props;
  const { title, summary, facts } = describeDetection(detection);
  const runText = `${visibleText(detection.run.runId, 120)}: all its calls`;
  const idempotencyKey = deliveryId(detection.id, "page");
  return (
    <Layout title={title} section="detections">
      <p class="crumb">
        <a href="/detections">Detections</a> / {detection.id}
      </p>
      <h1>{title}</h1>
      <p class="marks">
        <KindMark kind={detection.kind} />
        <SeverityMark severity={detection.severity} />
        <span class="mark grey">{detection.status}</span>
        {isRecorded && <RecordingMark />}
      </p>
      <p class="lead">{summary}</p>
      <nav class="parts" aria-label="Runbook">
        {Object.entries(parts).map(([id, text]) => (
          <a href={`#${id}`}>{text}</a>
        ))}
      </nav>
      <SuspectsSection found={found} />
      <ScoreSection detection={detection} />
      <section>
        <h2 id="happened">What happened</h2>
        <FactList
          facts={[
            { label: "Called", value: <Moment time={detection.occurredAt} now={now} /> },
            {
              label: "Run",
              value: <a href={`${runPath(detection.run.key)}/network`}>{runText}</a>,
            },
            ...facts.filter(({ name }) => name !== "time" && name !== "run").map(factToShow),
          ]}
        />
      </section>
      <StepSection found={found} />
      <ProcessSection found={found} />
      <RequestsSection found={found} />
      <LogSection found={found} />
      <ChangesSection found={found} />
      <ElsewhereSection found={found} />
      <ReviewSection detection={detection} />
      <section>
        <h2 id="told">How it was told</h2>
        <DeliveriesTable deliveries={deliveries} />
        <h3>The message</h3>
        <pre tabindex={0}>{notificationText({ idempotencyKey, detection, links })}</pre>
      </section>
    </Layout>
  );
}
