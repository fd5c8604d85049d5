import { beforeAll, describe, expect, it } from "vitest";
import { requireRoot } from "../../capture/record.js";
import { agent } from "../straycall-agent.js";

const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--no-new-privs"];
const withoutCapabilities = ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "setpriv"];
const inside = (script: string, as: readonly string[] = []) => [
  ...["unshare", "--mount", "--pid", "--net", "--fork", "--mount-proc"],
  ...["sh", "-c", `ip link set lo up; ${script}; exec "$@"`, "sh", ...as],
];

interface Answers {
  status: number | null;
  capture: string;
  refused: { kernel?: string[]; polling?: string[] };
  answers: Record<string, string>;
}

async function ask(within?: readonly string[]): Promise<Answers> {
  const { status, out } = await agent(["doctor", "--json"], within);
  const { capture, refused, findings } = JSON.parse(out);
  const answers = Object.fromEntries(
    findings.map((each: { capability: string; answer: string }) => [each.capability, each.answer]),
  );
  return { status, capture, refused, answers };
}

describe("straycall-agent doctor", () => {
  beforeAll(requireRoot);

  it("tries each thing, and sees it where programs load into the kernel", async () => {
    const { status, capture, answers } = await ask();
    expect({ status, capture }).toEqual({ status: 0, capture: "kernel" });
    for (const name of ["processes", "steps", "TCP over IPv4", "refused TCP", "UDP, sendto"]) {
      expect({ [name]: answers[name] }).toEqual({ [name]: "yes" });
    }
    for (const name of ["DNS", "names from libraries", "HTTP in clear", "TLS in Node"]) {
      expect({ [name]: answers[name] }).toEqual({ [name]: "yes" });
    }
  });

  it("tries whether a forbidden call is denied, and says what a policy leaves open here", async () => {
    const { out } = await agent(["doctor", "--json"]);
    const { blocking } = JSON.parse(out);
    expect(blocking).toMatchObject({ capability: "block mode" });
    expect(["yes", "partly"]).toContain(blocking.answer);
    expect(blocking.detail).toMatch(
      blocking.answer === "yes" ? /denies a forbidden call/ : /are not (denied|held to the policy)/,
    );
  });

  it.each([
    ["a user without rights", nobody, /run it as root/],
    ["root without capabilities", withoutCapabilities, /CAP_BPF/],
    ["root in a container without /sys", inside("umount -l /sys"), /vmlinux is missing/],
    ["a user in a container without /sys", inside("umount -l /sys", nobody), /vmlinux is missing/],
  ])("says to %s why only polling works, and what that sees", async (_, within, why) => {
    const { status, capture, refused, answers } = await ask(within);
    expect({ status, capture }).toEqual({ status: 1, capture: "polling" });
    expect(refused.kernel?.join("\n")).toMatch(why);
    expect(answers).toMatchObject({
      processes: "partly",
      "TCP over IPv4": "yes",
      "UDP, connected": "yes",
      "UDP, sendto": "no",
      DNS: "no",
      "TLS in Node": "no",
    });
  });

  it("knows its own calls where the kernel numbers processes otherwise", async () => {
    const { status, capture, answers } = await ask(inside("true"));
    expect(capture).toBe("kernel");
    expect(answers["TCP over IPv4"]).toBe("yes");
    expect(status).toBe(0);
  });

  it("says that nothing can be captured without /proc", async () => {
    const { status, capture, refused } = await ask(inside("umount -l /proc; umount -l /proc"));
    expect({ status, capture }).toEqual({ status: 4, capture: "none" });
    expect(refused.kernel?.join("\n")).toContain("mount -t proc");
  });

  it("fits a terminal of 80 columns", async () => {
    const { out } = await agent(["doctor"], nobody);
    expect(out).toContain("This machine can capture by polling");
    expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
  });
});
