/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Whether a cgroup is watched: in scope.h only the current process can be asked about. */
#ifndef CGROUP_H
#define CGROUP_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>
#include "kernel.h"

#define CGROUP_LEVELS 64

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} scope_number SEC(".maps");

static __always_inline bool cgroup_in_scope(struct cgroup *cgroup)
{
	__u32 only = 0;
	__u64 *wanted = bpf_map_lookup_elem(&scope_number, &only);
	for (int level = 0; wanted && cgroup && level < CGROUP_LEVELS; level++) {
		if (BPF_CORE_READ(cgroup, kn, id) == *wanted)
			return true;
		struct cgroup_subsys_state *above = BPF_CORE_READ(cgroup, self.parent);
		if (!above)
			return false;
		cgroup = (void *)above - bpf_core_field_offset(struct cgroup, self);
	}
	return false;
}

#endif
