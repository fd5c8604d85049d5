/** Says that what is shown is a replayed recording, and how to start without it. */
export function RecordingNote() {
  return (
    <aside class="note" aria-label="About this recording">
      <p>
        <strong>These runs are a recording.</strong> The Linux capture agent recorded a real job on
        local servers with documentation addresses and names. It was replayed with its times shifted
        to today, so that there is something to look at.
      </p>
      <p>
        To start bare: stop the service, delete its data folder, and start it again with{" "}
        <code>--empty</code>.
      </p>
    </aside>
  );
}
