import {
  describeDetection,
  detectionKinds,
  type SuppressionMatch,
  type SuppressionPreview,
  visibleText,
} from "@straycall/core";
import { detectionPath } from "../page-links.js";
import { countText } from "./amounts.js";
import { Layout } from "./layout.js";

export interface SuppressionDraft {
  match: { [Field in keyof SuppressionMatch]?: string };
  reason: string;
  days: string;
  force: boolean;
}

export interface NewSuppressionPageProps {
  draft: SuppressionDraft;
  /** What the rule would have kept quiet. */
  preview?: SuppressionPreview;
  /** What is wrong with it. */
  problem?: string;
}

const fields: { name: keyof SuppressionMatch; label: string; hint?: string }[] = [
  { name: "host", label: "Host", hint: "*.example.com is every host below it" },
  { name: "port", label: "Port" },
  { name: "address", label: "Address or CIDR block", hint: "192.0.2.0/24" },
  { name: "process", label: "Program", hint: "curl, or /usr/bin/curl" },
  { name: "repository", label: "Repository", hint: "acme/*" },
  { name: "workflow", label: "Workflow" },
  { name: "job", label: "Job" },
];

export function NewSuppressionPage({ draft, preview, problem }: NewSuppressionPageProps) {
  return (
    <Layout title="New suppression" section="suppressions">
      <p class="crumb">
        <a href="/suppressions">Suppressions</a> / new
      </p>
      <h1>New suppression</h1>
      <p class="lead">
        All that is given must fit; <code>*</code> stands for any characters. At least a host, an
        address or a program is needed.
      </p>
      {problem && (
        <p class="note" role="alert">
          {visibleText(problem, 1_000)}
        </p>
      )}
      <form method="post" action="/suppressions/new" class="form columns">
        {fields.map(({ name, label, hint }) => (
          <label>
            {label}
            <input name={name} value={draft.match[name] ?? ""} maxlength={512} placeholder={hint} />
          </label>
        ))}
        <label>
          Kind
          <select name="kind">
            <option value="">any</option>
            {detectionKinds.map((kind) => (
              <option value={kind} selected={draft.match.kind === kind}>
                {kind}
              </option>
            ))}
          </select>
        </label>
        <label>
          Ends after, days
          <input name="days" value={draft.days} inputmode="numeric" placeholder="never" />
        </label>
        <label class="wide">
          Why
          <input name="reason" value={draft.reason} maxlength={2_000} />
        </label>
        <label class="check wide">
          <input type="checkbox" name="force" value="1" checked={draft.force} />
          Silence a host where anybody can leave data, for every program, all the same
        </label>
        <p class="actions wide">
          <button type="submit" name="do" value="preview">
            Show what it would have matched
          </button>
          <button type="submit" name="do" value="add">
            Add the rule
          </button>
        </p>
      </form>
      {preview && <PreviewSection preview={preview} />}
    </Layout>
  );
}

function PreviewSection({ preview }: { preview: SuppressionPreview }) {
  const { detections, matching, unreviewed, lookedAt } = preview;
  return (
    <section>
      <h2>It would have matched {countText(matching, "detection")}</h2>
      <p>
        Of the last {lookedAt} that were recorded. {unreviewed} of them nobody has reviewed: adding
        the rule suppresses these now.
      </p>
      <ul>
        {detections.slice(0, 20).map((detection) => (
          <li>
            <a href={detectionPath(detection.id)}>{describeDetection(detection).title}</a>{" "}
            <span class="minor">
              {visibleText(detection.job.repository, 200)} · {visibleText(detection.job.job, 200)} ·{" "}
              {detection.status}
            </span>
          </li>
        ))}
      </ul>
      {matching > 20 && <p>… and {matching - 20} more.</p>}
    </section>
  );
}
