/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Which processes are watched: those in the cgroup that user space put into the map, and below it. */
#ifndef SCOPE_H
#define SCOPE_H

#include <bpf/bpf_helpers.h>
#include "kernel.h"

struct {
	__uint(type, BPF_MAP_TYPE_CGROUP_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} scope SEC(".maps");

static __always_inline bool in_scope(void)
{
	return bpf_current_task_under_cgroup(&scope, 0) == 1;
}

#endif
