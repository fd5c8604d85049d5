import { type Detection, severityBits, visibleText } from "@straycall/core";

/** Why a detection is as bad as it is: what each reason weighs, and the sum. */
export function ScoreSection({ detection }: { detection: Detection }) {
  const { severity, score, reasons, repeats, evidence, kind } = detection;
  const from = severity === "info" ? undefined : severityBits[severity];
  return (
    <section>
      <h2 id="severity">Why it is {severity}</h2>
      <table class="list score">
        <thead>
          <tr>
            <th scope="col">Reason</th>
            <th scope="col" class="digits">
              Weight
            </th>
          </tr>
        </thead>
        <tbody>
          {reasons.map(({ text, bits }) => (
            <tr>
              <td>{visibleText(text, 500)}</td>
              <td data-label="Weight" class="digits">
                {bits === undefined ? "–" : signed(bits)}
              </td>
            </tr>
          ))}
          {score !== undefined && (
            <tr>
              <th scope="row">
                Sum
                <span class="minor">
                  {from === undefined
                    ? "Below 0: expected, so shown and not told."
                    : `${severity} begins at ${from}.`}
                </span>
              </th>
              <td data-label="Sum" class="digits">
                <strong>{signed(score)}</strong>
              </td>
            </tr>
          )}
        </tbody>
      </table>
      <p>
        A weight is a binary logarithm: with each 1 more, an attack is twice as likely.{" "}
        {kind === "new-endpoint" &&
          `The baseline rested on ${evidence.baseline.runs} runs and ${evidence.baseline.endpoints} endpoints.`}
      </p>
      {repeats && (
        <p class="note">
          Another one of the same owner, as bad as this, was told before and nobody has looked at
          it: this one is shown and was not told again.
        </p>
      )}
    </section>
  );
}

const signed = (bits: number) => {
  const sign = bits > 0 ? "+" : bits < 0 ? "−" : "";
  return `${sign}${Math.round(Math.abs(bits) * 100) / 100}`;
};
