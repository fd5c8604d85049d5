/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The path of a file as its process sees it, from the kernel's own tree: /proc would be too late for short
 * processes, and what the process calls itself is its own choice. bpf_d_path() is not allowed in tracepoints.
 */
#ifndef PATH_H
#define PATH_H

#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include "scratch.h"

#define PATH_NAMES 64
#define PATH_NAME_SIZE 256

struct path_walk {
	struct dentry *dentry;
	struct mount *mount;
	struct scratch *scratch;
	__u32 end;
	bool complete; /* reached the root */
};

static long next_name(__u32 index, struct path_walk *walk)
{
	struct dentry *dentry = walk->dentry;
	struct mount *mount = walk->mount;
	struct dentry *parent = BPF_CORE_READ(dentry, d_parent);

	if (dentry == BPF_CORE_READ(mount, mnt.mnt_root)) {
		struct mount *below = BPF_CORE_READ(mount, mnt_parent);
		if (below == mount) {
			walk->complete = true;
			return 1;
		}
		walk->dentry = BPF_CORE_READ(mount, mnt_mountpoint);
		walk->mount = below;
		return 0;
	}

	__u32 end = walk->end;
	if (end > SCRATCH_PATHS - PATH_NAME_SIZE)
		return 1;
	__u8 *name = &walk->scratch->data[end & (SCRATCH_PATHS - 1)];
	long length = bpf_probe_read_kernel_str(name, PATH_NAME_SIZE, BPF_CORE_READ(dentry, d_name.name));
	if (length <= 0)
		return 1;
	walk->end = end + length;
	if (parent == dentry) { /* a file without a place, made by memfd_create(2) */
		walk->complete = true;
		return 1;
	}
	walk->dentry = parent;
	return 0;
}

/* Writes the names of a path, the last one first, at `start` of the scratch data; tells where they end. */
static __always_inline __u32 write_path(struct scratch *scratch, __u32 start, struct vfsmount *mnt,
					struct dentry *dentry)
{
	struct path_walk walk = {
		.dentry = dentry,
		.mount = (void *)mnt - bpf_core_field_offset(struct mount, mnt),
		.scratch = scratch,
		.end = start,
	};
	bpf_loop(PATH_NAMES, next_name, &walk, 0);
	if (!walk.complete)
		scratch->record.header.flags |= EXEC_PATH_CUT;
	return walk.end;
}

#endif
