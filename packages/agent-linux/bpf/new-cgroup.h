/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The names of new cgroups: that of a container is gone with it, often before user space could look it up. */
#ifndef NEW_CGROUP_H
#define NEW_CGROUP_H

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "cgroup.h"
#include "owner.h"
#include "ring.h"

#define VERSION_2 0 /* the hierarchy's number; those of version 1 have others */

SEC("tp_btf/cgroup_mkdir")
int BPF_PROG(on_new_cgroup, struct cgroup *cgroup, const char *path)
{
	if (BPF_CORE_READ(cgroup, root, hierarchy_id) != VERSION_2 || !cgroup_in_scope(cgroup))
		return 0;
	struct record_cgroup *record = reserve_record(RECORD_CGROUP, sizeof(*record));
	if (!record)
		return 0;
	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_CGROUP, sizeof(*record), &owner);
	record->cgroup = BPF_CORE_READ(cgroup, kn, id);
	long length = bpf_probe_read_kernel_str(record->path, sizeof(record->path), path);
	record->path_length = length > 0 ? length - 1 : 0;
	record->reserved = 0;
	submit_record(record);
	return 0;
}

#endif
