/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The network namespace of a socket, as /proc/<pid>/ns/net numbers it. */
#ifndef NETWORK_H
#define NETWORK_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "kernel.h"

/* The verifier lets nobody add to a pointer to a socket, but a copy of it is a number. */
static __always_inline __u32 network_of(void *sk)
{
	struct sock *copy = NULL;
	bpf_probe_read_kernel(&copy, sizeof(copy), &sk);
	return BPF_CORE_READ(copy, __sk_common.skc_net.net, ns.inum);
}

#endif
