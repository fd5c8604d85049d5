/*
 * Programs by what they are for, named as programName() names them.
 */

const named = (names: string): ReadonlySet<string> => new Set(names.split(" "));

/** Shells of POSIX systems and of Windows. */
export const shells = named(
  "ash bash cmd csh dash elvish fish ksh mksh nu powershell pwsh sh tcsh zsh",
);

/** What is made to move data. Busybox has applets of most of these names. */
export const downloaders = named(
  "aria2c axel bitsadmin certutil curl ftp lftp nc nc.openbsd nc.traditional ncat ncftp netcat openssl rclone rsync scp " +
    "sftp socat ssh telnet tftp wget websocat",
);

/** Run what they are given, and wait for it: who started them started it. */
export const wrappers = named(
  "catatonit chroot chrt doas docker-init dumb-init env faketime flock gosu ionice nice nohup pkexec proxychains " +
    "runuser s6-supervise script setarch setpriv setsid stdbuf su su-exec sudo taskset time timeout tini unbuffer " +
    "unshare xargs xvfb-run",
);

/**
 * What runs the steps of a job: GitHub Actions runner, GitLab Runner, Buildkite agent, CircleCI runner, Azure
 * Pipelines agent, Gitea and Forgejo runner, Drone, Woodpecker, act, Bamboo; each as its documentation names the
 * program. Agents in Java are told by their arguments.
 */
export const runners = named(
  "Runner.Listener Runner.PluginHost Runner.Worker Agent.Listener Agent.PluginHost Agent.Worker gitlab-runner " +
    "gitlab-runner-helper buildkite-agent circleci-agent circleci-runner circleci-launch-agent act act_runner " +
    "forgejo-runner drone-runner-docker drone-runner-exec drone-runner-kube woodpecker-agent bamboo-agent",
);

/** Agents that an interpreter runs, by their script, jar or main class: Jenkins, TeamCity, the runner as a service. */
export const runnerScripts = named(
  "agent.jar remoting.jar slave.jar hudson.remoting.jnlp.Main hudson.remoting.Launcher " +
    "jetbrains.buildServer.agent.AgentMain jetbrains.buildServer.agent.Launcher RunnerService.js",
);

/** Those of them that start an Action's or a task's own program. */
export const actionStarters = named("Runner.Worker Agent.Worker act act_runner forgejo-runner");

/** What package managers fetch and unpack with; `ssh` too, below Git. */
export const fetchHelpers = named(
  "bzr bzip dirmngr dpkg-deb git gpg gpgconf gpgv gpg-agent gzip hg keyboxd svn tar unxz unzip xz zstd",
);

/** Compilers that run code of the packages they compile: procedural macros (The Rust Reference). */
export const macroRunners = named("clippy-driver miri rust-analyzer-proc-macro-srv rustc rustdoc");

/** The first process, and what runs without anybody's asking: system services, container engines, cloud agents. */
export const services = named(
  "init launchd launchit runit runsvdir s6-svscan services svchost systemd upstart " +
    "NetworkManager accounts-daemon amazon-ssm-agent apparmor_parser atd avahi-daemon chronyd cloud-init cron crond " +
    "dbus-broker dbus-daemon dhclient dhcpcd dnsmasq fwupd fwupdmgr google_guest_agent google_osconfig_agent haveged " +
    "multipathd networkd-dispatcher nscd ntpd packagekitd polkitd rsyslogd snapd sshd systemd-journald systemd-logind " +
    "systemd-networkd systemd-resolved systemd-timesyncd systemd-udevd tailscaled ubuntu-advantage udisksd " +
    "unattended-upgrade unattended-upgrades waagent " +
    "buildkitd cloud-hypervisor conmon containerd containerd-shim containerd-shim-runc crio crun docker-containerd " +
    "docker-proxy dockerd firecracker kubelet podman runc",
);
