export interface GettingStartedProps {
  publicUrl: string;
}

/** What to do when there is no run yet. */
export function GettingStarted({ publicUrl }: GettingStartedProps) {
  const example = [
    "TOKEN=$(cat data/ingest-token)",
    `curl ${publicUrl}/api/v1/events \\`,
    '  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" -d \'{',
    '    "run": { "runId": "1", "job": { "platform": "local", "repository": "me/try",',
    '                                    "workflow": "shell", "job": "first" } },',
    '    "events": [{ "id": "1", "time": 1767225600000, "type": "network.connect",',
    '                 "connection": { "id": "1" }, "process": { "pid": 1, "args": ["curl"] },',
    '                 "destination": { "domain": "example.com", "port": 443 },',
    '                 "network": { "transport": "tcp" } }] }\'',
  ].join("\n");
  return (
    <section class="empty">
      <h2>No run yet</h2>
      <p>
        A run shows up here as soon as a capture agent sends its first event. Send one by hand to
        see it work; the ingest token lies in the data folder, unless you set one yourself:
      </p>
      <pre tabindex={0}>
        <code>{example}</code>
      </pre>
      <p>
        A job's first runs only teach its baseline. After that, a call to an endpoint that the job
        never called before is marked orange here and told once.
      </p>
    </section>
  );
}
