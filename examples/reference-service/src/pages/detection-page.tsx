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
import { CauseSection } from "./cause-section.js";
import { DeliveriesTable } from "./deliveries-table.js";
import { FactList, factToShow } from "./facts.js";
import { Layout } from "./layout.js";
import { KindMark, RecordingMark, SeverityMark } from "./marks.js";
import { Moment } from "./moment.js";
import { ProcessChain } from "./process-chain.js";
import { ReviewSection } from "./review-section.js";
import { ScoreSection } from "./score-section.js";

export interface DetectionPageProps {
  detection: Detection;
  deliveries: readonly Delivery[];
  /** Of what the store knows; unset for a run too large to look through unasked. */
  found: Investigation | undefined;
  links: { detection: string; run: string };
  isRecorded: boolean;
  /** Who is signed in. */
  who: string | undefined;
  now: number;
}

export function DetectionPage(props: DetectionPageProps) {
  const { detection, deliveries, found, links, isRecorded, who, now } = props;
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
      <ScoreSection detection={detection} />
      <section>
        <h2>What happened</h2>
        <FactList
          facts={[
            { label: "Called", value: <Moment time={detection.occurredAt} now={now} /> },
            { label: "Run", value: <a href={runPath(detection.run.key)}>{runText}</a> },
            ...facts.filter(({ name }) => name !== "time" && name !== "run").map(factToShow),
          ]}
        />
      </section>
      <section>
        <h2>Who called</h2>
        <ProcessChain evidence={detection.evidence} />
      </section>
      {found ? (
        <CauseSection found={found} />
      ) : (
        <section>
          <h2>What may be why</h2>
          <p>
            The run is large. <a href="?why=1">Look through it</a>, which takes some seconds.
          </p>
        </section>
      )}
      <ReviewSection detection={detection} who={who} />
      <section>
        <h2>How it was told</h2>
        <DeliveriesTable deliveries={deliveries} />
        <h3>The message</h3>
        <pre tabindex={0}>{notificationText({ idempotencyKey, detection, links })}</pre>
      </section>
    </Layout>
  );
}
