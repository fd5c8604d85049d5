/** What `straycall-agent --help` says. */
export const helpText = `straycall-agent records every outbound network call of a command, learns over
its runs what is normal, and says once when it calls somewhere new.

Usage
  straycall-agent run [options] -- COMMAND [ARGS...]
  straycall-agent doctor [--json]   tries what this machine can capture, and says why not
  straycall-agent --help
  straycall-agent --version

Capturing needs root and Linux with cgroup v2, or --capture polling. Everything behind -- is left as it is;
the command keeps its environment, folder, stdin and stdout.

Options of run
  --job NAME          The job whose baseline this is. Default: the job of GitHub Actions,
                      GitLab CI, Buildkite, CircleCI or Jenkins, elsewhere the name of
                      the command in the current folder.
  --db FILE           The database. Default: straycall/straycall.db in $XDG_STATE_HOME,
                      or in ~/.local/state.
  --learning-runs N   The job's first N runs only teach. Default 5.
  --resolver ADDRESS  Believes what this resolver answers, besides those of
                      /etc/resolv.conf: a public one that the command asks directly,
                      or 127.0.0.11 of Docker's containers. May be given again.
  --fail-on SEVERITY  Exits with 3 if this run is the first to show something at least
                      this severe: info, low, medium, high or critical. The status of a
                      command that failed by itself stays as it is.
  --events FILE       Writes every captured event to FILE, one line of JSON each, secrets
                      masked; the first line names the run.
  --json              Prints the run's report as one line of JSON on stdout. The command's
                      own stdout goes to stderr then, so that stdout is nothing but JSON.
  --quiet             Says nothing unless something is new or went wrong.
  --run-id ID         Ids the run. Default: a fresh id.
  --capture KIND      kernel (the default): by programs in the kernel; refuses to run the
                      command where that cannot be. polling: by looking at /proc again
                      and again; works everywhere, sees much less, and says so.
  --mode MODE         audit watches and learns. block denies every call that is not
                      allowed, reports it, and learns nothing. Default audit.
  --allow RULE        With --mode block: what may be called. NAME, *.NAME, BEGIN*.NAME, an
                      address or a CIDR, with :PORT or without. Give it again for more.
  --allow-file FILE   With --mode block: rules from a file, one a line, # begins a comment.
  --fail-closed       With --mode block: goes on denying if straycall-agent is killed.

Exit status
  The command's own; 128+N if signal N killed it. Else:
  2    the command line is wrong
  3    --fail-on: something this severe is new
  125  Straycall failed and the command was not run; or it ran and succeeded, but
       --fail-on cannot be judged or the --json report not be written
  126  the command cannot be executed
  127  the command was not found
  Of doctor: 0 all that was tried was seen, 1 some of it was not, or only by polling,
  4 nothing can be captured
`;
