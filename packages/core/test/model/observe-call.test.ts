import { describe, expect, it } from "vitest";
import type { CaptureEvent } from "../../src/events/event.js";
import { observeCall } from "../../src/model/observe-call.js";
import { runSession } from "../../src/run/run-session.js";
import { answer, connect, exec, request } from "../events/make-events.js";

/** What is observed of the only call of a run. */
function observed(...events: CaptureEvent[]) {
  const session = runSession("run");
  for (const event of events) session.apply(event, 0);
  const [call] = session.takeSettled(Number.POSITIVE_INFINITY);
  if (call === undefined) throw new Error("no call was settled");
  return observeCall(session.context(call));
}

const toExample = (pid: number) => [
  answer(pid, "api.example.com", "192.0.2.1"),
  connect(pid, "192.0.2.1", 443, "c"),
];

describe("observeCall", () => {
  it("says where a call went, and what made it", () => {
    const step = { id: "__run_2" };
    const events = [
      exec(1, ["bash", "step.sh"], { step }),
      exec(2, ["npm", "ci"], { parent: 1 }),
      exec(3, ["sh", "-c", "node install.js"], { parent: 2 }),
      exec(4, ["node", "install.js"], { parent: 3 }),
      ...toExample(4),
      request("c", "post", "api.example.com", "/builds/42?token=x"),
    ];
    expect(observed(...events)).toEqual({
      endpoint: { host: "api.example.com", port: 443 },
      addressClass: "reserved",
      program: "node",
      lineage: "install-script",
      step: "__run_2",
      requests: [{ method: "POST", route: "/builds/<n>" }],
    });
  });

  it("tells each kind of request once, and not more than fifty", () => {
    const alike = [1, 2, 3].map((n) => request("c", "GET", "api.example.com", `/builds/${n}`));
    expect(observed(...toExample(7), ...alike).requests).toHaveLength(1);
    const letters = [..."abcdefgh"];
    const many = letters.flatMap((one) =>
      letters.map((other) => request("c", "GET", "api.example.com", `/${one}/${other}`)),
    );
    expect(observed(...toExample(7), ...many).requests).toHaveLength(50);
  });

  it("reads the paths of a bare address as the host that the request names", () => {
    const events = [
      connect(7, "192.0.2.9", 80, "c"),
      request("c", "GET", "API.GitHub.com", "/repos/octocat/hello/pulls"),
    ];
    expect(observed(...events)).toMatchObject({
      endpoint: { host: "192.0.2.9", port: 80 },
      requests: [{ tenant: "octocat" }],
    });
  });

  it("reads the paths of a name as that name's, whatever the request says", () => {
    const events = [...toExample(7), request("c", "GET", "api.github.com", "/repos/octocat/x")];
    expect(observed(...events).requests).toEqual([{ method: "GET", route: "/repos/octocat/x" }]);
  });

  it("is told of a call whose process nobody knows", () => {
    expect(observed(...toExample(7))).toMatchObject({ program: "unknown", lineage: "tool" });
  });
});
