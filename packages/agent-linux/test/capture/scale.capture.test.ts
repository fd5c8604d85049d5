import { beforeAll, describe, expect, it } from "vitest";
import { ofType, type Recording, recordPython, requireRoot } from "./record.js";
import { addressOfName, smallCallerPort, writeSmallCaller } from "./small-caller.js";

type Told = [name: string, pid: number, parent: number];

/** What is told wrongly or not at all, in words; every process has the name of one of the calls. */
function mistakes(recording: Recording, told: readonly Told[]): string[] {
  const execs = new Map(
    ofType(recording, "process.exec").map(({ process }) => [process.args?.[1], process]),
  );
  const calls = new Map(
    ofType(recording, "network.connect")
      .filter(({ destination }) => destination.port === smallCallerPort)
      .map(({ destination, process }) => [destination.ip, process]),
  );
  return told.flatMap(([name, pid, parent]) => {
    const exec = execs.get(name);
    const call = calls.get(addressOfName(name));
    if (exec === undefined) return [`${name}: no program`];
    if (call === undefined) return [`${name}: no call`];
    if (exec.pid !== pid || call.pid !== pid) return [`${name}: pid ${exec.pid}, ${call.pid}`];
    if (exec.parent?.pid !== parent || call.parent?.pid !== parent) return [`${name}: parent`];
    return exec.entity_id === call.entity_id ? [] : [`${name}: another process`];
  });
}

const lostFor = (recording: Recording, what: string) =>
  ofType(recording, "capture.lost")
    .filter(({ lost }) => lost.reason === `kernel ring buffer full: ${what}`)
    .reduce((sum, { lost }) => sum + lost.count, 0);

/** The small program is machine code for one processor. */
describe.runIf(process.arch === "x64")("many processes", () => {
  beforeAll(requireRoot);

  it("tells 20 000 short ones, started on all CPUs at full speed, each with its call", async () => {
    const count = 20_000;
    const recording = await recordPython(`${writeSmallCaller}
names = letters[:${count}]
def work(mine):
  told, running = [], 0
  for name in mine:
    told.append([name, start(name), os.getpid()])
    running += 1
    if running == 32:
      os.wait()
      running -= 1
  while running:
    os.wait()
    running -= 1
  return told
out, into = os.pipe()
if os.fork() == 0:
  os.close(out)
  with os.fdopen(into, "w") as file: json.dump(work(names[::2]), file)
  os._exit(0)
os.close(into)
told = work(names[1::2])
with os.fdopen(out) as file: told += json.load(file)
os.wait()
os.unlink(caller)
print(json.dumps(told))`);
    const told: Told[] = JSON.parse(recording.output);
    expect(told).toHaveLength(count);
    expect(ofType(recording, "capture.lost")).toEqual([]);
    expect(mistakes(recording, told)).toEqual([]);
  });

  it("counts exactly what a full buffer had no room for: programs, processes and calls", async () => {
    const count = 2_000;
    const script = `${writeSmallCaller}
for name in letters[:${count}]: os.waitpid(start(name), 0)
os.unlink(caller)`;
    const recording = await recordPython(script, { ringBytes: 65_536, holdUntilExit: true });
    const startedAt = recording.events[0]?.time ?? 0;
    const seen = {
      programs: ofType(recording, "process.exec").filter(({ time }) => time >= startedAt).length,
      processes: ofType(recording, "process.fork").length,
      ends: ofType(recording, "process.exit").length,
      calls: ofType(recording, "network.connect").length,
    };
    const lost = {
      programs: lostFor(recording, "started programs"),
      processes: lostFor(recording, "new processes"),
      ends: lostFor(recording, "ends of processes"),
      calls: lostFor(recording, "calls"),
    };
    for (const each of [...Object.values(seen), ...Object.values(lost)]) {
      expect(each).toBeGreaterThan(0);
    }
    // Python itself is one more program, and ends as well.
    expect(seen.programs + lost.programs).toBe(count + 1);
    expect(seen.processes + lost.processes).toBe(count);
    expect(seen.ends + lost.ends).toBe(count + 1);
    expect(seen.calls + lost.calls).toBe(count);
  });

  it("keeps processes apart that have the same pid, one after the other", async () => {
    const recording = await recordPython(`${writeSmallCaller}
told, names = [], iter(letters)
first = start(next(names))
os.waitpid(first, 0)
# Others on this machine start processes too: the number is not always still free.
for name in itertools.islice(names, 400):
  with open("/proc/sys/kernel/ns_last_pid", "w") as file: file.write(str(first - 1))
  pid = start(name)
  os.waitpid(pid, 0)
  told.append([name, pid, os.getpid()])
os.unlink(caller)
print(json.dumps(told))`);
    const told: Told[] = JSON.parse(recording.output);
    const pids = told.map(([, pid]) => pid);
    expect(new Set(pids).size).toBeLessThan(pids.length / 2);
    expect(ofType(recording, "capture.lost")).toEqual([]);
    expect(mistakes(recording, told)).toEqual([]);
    const inOrder = recording.events.flatMap((event) => {
      if (event.type === "process.exec") return [`${event.process.args?.[1]}`];
      return event.type === "network.connect" ? [event.destination.ip] : [];
    });
    for (const [name] of told) {
      expect(inOrder.indexOf(addressOfName(name))).toBe(inOrder.indexOf(name) + 1);
    }
  });
});
