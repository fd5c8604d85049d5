import { detectionKinds, severities } from "@straycall/core";
import { type DetectionFilter, detectionStatuses } from "../routes/detection-filter.js";

/** Chooses which detections are shown; works without scripts. */
export function DetectionFilterForm({ filter }: { filter: DetectionFilter }) {
  return (
    <form method="get" action="/detections" class="filter">
      <Choice label="Status" name="status" values={detectionStatuses} value={filter.status} />
      <Choice label="What" name="kind" values={detectionKinds} value={filter.kind} />
      <Choice
        label="From severity"
        name="severity"
        values={severities}
        value={filter.minimumSeverity}
      />
      <button type="submit">Show</button>
    </form>
  );
}

interface ChoiceProps {
  label: string;
  name: string;
  values: readonly string[];
  value: string | undefined;
}

function Choice({ label, name, values, value }: ChoiceProps) {
  return (
    <label>
      {label}
      <select name={name}>
        <option value="">any</option>
        {values.map((each) => (
          <option value={each} selected={each === value}>
            {each}
          </option>
        ))}
      </select>
    </label>
  );
}
