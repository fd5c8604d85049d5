import type { Notification } from "../delivery/notification.js";
import type { Evidence } from "../detection/detection.js";
import type { ProcessRecord } from "../run/process.js";
import { sampleNotification } from "./notifier-samples.js";

/** Ways out of HTML, Slack's mrkdwn, Markdown, a mail header, a terminal and a line. */
const breakouts = [
  "</td></table><script>alert(1)</script><img src=x onerror=alert(2)>",
  "\" onmouseover=alert(3) x='",
  "<!channel> <!here> <@U012AB3CD> <https://evil.example|details> @everyone",
  "```\n`code` *bold* _italic_ ~struck~ [details](https://evil.example) :rotating_light: &lt;b&gt;",
  "\r\nBcc: victim@example.com\r\n\r\nbody",
  "\r\n.\r\nQUIT\r\n",
  "\u001b[2J\u001b]8;;https://evil.example\u0007details\u001b]8;;\u0007\u009b31m\u0000",
  "\u202egnp.exe\u2066\u200b\u00ad\ufeff\u2028\u{e0041}",
  "lone \ud800 surrogate \udc00",
  "{{constructor}} #{7*7} %s %n '; DROP TABLE detections; --",
].join(" ");

const long = `${breakouts} ${"A".repeat(200_000)}`;

/**
 * A notification in which everything that an attacker can choose is hostile: text that breaks out of markup,
 * headers and terminals, invisible and reordering characters, half surrogate pairs, and a great deal of it.
 *
 * Its endpoint, job and repository still begin with a plain word each: `hostile-host`, `hostile-job`,
 * `hostile-repository`.
 */
export function hostileNotification(): Notification {
  const { detection } = sampleNotification();
  return {
    idempotencyKey: "01KGB7Z4M8Q6V2T9X3C5D1E0FC:sample",
    detection: {
      ...detection,
      id: "01KGB7Z4M8Q6V2T9X3C5D1E0FC",
      subject: `hostile-host ${breakouts}:443`,
      job: {
        platform: "github",
        repository: `hostile-repository ${breakouts}`,
        workflow: breakouts,
        job: `hostile-job ${breakouts}`,
      },
      run: { key: breakouts, runId: breakouts, attempt: 2, commit: breakouts, ref: breakouts },
      endpoint: { host: `hostile-host ${breakouts}`, port: 443 },
      severity: "critical",
      reasons: Array.from({ length: 50 }, () => ({ code: "hostile", text: long })),
      evidence: hostileEvidence(detection.evidence),
    },
    links: {
      detection: `https://straycall.example/detections/"><script>alert(4)</script>\r\nBcc: victim@example.com`,
      run: "javascript:alert(5)//https://github.com/acme/shop",
    },
  };
}

function hostileEvidence({ call, ancestors, baseline }: Evidence): Evidence {
  const step = { id: breakouts, name: breakouts, action: { name: breakouts, ref: breakouts } };
  const process: ProcessRecord = {
    entityId: call.processId,
    pid: call.pid,
    executable: breakouts,
    args: [long],
    commandLine: long,
    argsTruncated: true,
    workingDirectory: breakouts,
    userName: breakouts,
    step,
  };
  return {
    call: {
      ...call,
      endpoint: { host: `hostile-host ${breakouts}`, port: 443 },
      ip: breakouts,
      names: [{ name: `claimed ${breakouts}`, source: "tls", confidence: "claimed" }],
      commandLine: long,
      step,
      http: [{ time: call.time, method: breakouts, path: long }],
      error: breakouts,
    },
    process,
    ancestors: ancestors.map((ancestor) => ({ ...ancestor, commandLine: long })),
    baseline,
  };
}
