/*
 * A job of 20 steps, made like a runner makes it: each step's first process has the step's variables, and everything
 * else comes of that. Each process makes one call, to 127.1.STEP.NUMBER, which says in the address what is true.
 */
export const steps = 20;
export const processesPerStep = 50;
/** Those of a step that clear their environment, name another step, or outlive it. */
const special = 7;
/** Of them, those whose environment names another step. */
export const liarsPerStep = 2;

/** What the nth step's container is called. */
export const containerOf = (step: number) => step.toString(16).padStart(2, "0").repeat(32);
export const stepName = (step: number) => `step-${step}`;

/** Bash, with `$STEP` and `$CGROUP`; `call N` calls 127.1.STEP.N. */
const stepScript = `
call='exec 3<>/dev/tcp/127.1.$0.$1/9'
for number in {1..${processesPerStep - special}}; do
  bash -c "$call" $STEP $number
done 2>/dev/null

# Its environment is cleared.
env -i bash -c "$call" $STEP 101 2>/dev/null

# It names another step, with an Action.
GITHUB_ACTION=${stepName(99)} GITHUB_ACTION_REPOSITORY=actions/checkout bash -c "$call" $STEP 102 2>/dev/null

# It names another step, and made itself a child of the runner.
GITHUB_ACTION=${stepName(98)} python3 -c "$MAKE_SIBLING" $STEP 103 2>/dev/null

# Daemons, forked twice, in a session of their own: they call when the next step has begun.
daemon='until [ -e $2/begun-$(($0 + 1)) ]; do sleep 0.05; done; exec 3<>/dev/tcp/127.1.$0.$1/9'
(setsid bash -c "$daemon" $STEP 104 $FOLDER &) </dev/null &>/dev/null
(env -i PATH=$PATH setsid bash -c "$daemon" $STEP 105 $FOLDER &) </dev/null &>/dev/null
# One that runs no program of its own.
( (until [ -e $FOLDER/begun-$((STEP + 1)) ]; do sleep 0.05; done; exec 3<>/dev/tcp/127.1.$STEP.106/9) & ) </dev/null &>/dev/null

# Like a container: namespaces of its own, a cgroup below, nothing of the step in its environment.
mkdir $CGROUP/docker-$CONTAINER.scope
bash -c 'echo $$ > $CGROUP/docker-$CONTAINER.scope/cgroup.procs
  exec unshare --user --map-root-user --mount --pid --net --fork env -i bash -c "$0" '"$STEP"' 107' "$call" 2>/dev/null
rmdir $CGROUP/docker-$CONTAINER.scope`;

/** With CLONE_PARENT (clone(2)) a new process is no child of the one that makes it, but of that one's parent. */
const makeSibling = `
import ctypes, os, platform, sys
number = 56 if platform.machine() == "x86_64" else 220
if ctypes.CDLL(None).syscall(number, 0x8000 | 17, 0, 0, 0, 0) == 0:
  os.execv("/bin/bash", ["bash", "-c", "exec 3<>/dev/tcp/127.1.$0.$1/9", sys.argv[1], sys.argv[2]])
`;

/** The runner, in Python: it has no step itself, and waits for the daemons at the end. */
export function stepJob(folder: string): string {
  return `
import os, subprocess, time
root = "/sys/fs/cgroup" + ("/unified" if os.path.isdir("/sys/fs/cgroup/unified") else "")
cgroup = root + [line.strip()[3:] for line in open("/proc/self/cgroup") if line.startswith("0::")][0]
folder = ${JSON.stringify(folder)}
for step in range(1, ${steps + 1}):
  open(f"{folder}/begun-{step}", "w").close()
  environment = {
    "PATH": "/usr/bin:/bin", "GITHUB_ACTION": f"step-{step}", "GITHUB_JOB": "build", "GITHUB_RUN_ID": "77",
    "GITHUB_RUN_ATTEMPT": "1", "STEP": str(step), "CGROUP": cgroup, "FOLDER": folder,
    "CONTAINER": f"{step:02x}" * 32, "MAKE_SIBLING": ${JSON.stringify(makeSibling)},
  }
  if step % 2 == 0:
    environment |= {"GITHUB_ACTION_REPOSITORY": f"acme/action-{step}", "GITHUB_ACTION_REF": "v1"}
  subprocess.run(["bash", "-c", ${JSON.stringify(stepScript)}], env=environment)
open(f"{folder}/begun-${steps + 1}", "w").close()
def others(): return [pid for pid in open(cgroup + "/cgroup.procs").read().split() if int(pid) != os.getpid()]
while others():
  time.sleep(0.05)
  try: os.waitpid(-1, os.WNOHANG)
  except ChildProcessError: pass`;
}
