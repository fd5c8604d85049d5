/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Who did it. */
#ifndef OWNER_H
#define OWNER_H

#include <bpf/bpf_helpers.h>
#include "record.h"

struct owner {
	__u32 pid;
	__u32 thread;
	__u64 start;
	__u64 parent_start;
	__u32 parent_pid;
	__u32 uid;
	__u64 cgroup;
};

static __always_inline void owner_of_task(struct owner *owner, struct task_struct *task)
{
	struct task_struct *parent = task->real_parent;

	owner->pid = task->tgid;
	owner->thread = task->pid;
	owner->start = task->group_leader->start_boottime;
	owner->parent_pid = parent->tgid;
	owner->parent_start = parent->group_leader->start_boottime;
	owner->uid = task->cred->uid.val;
	owner->cgroup = task->cgroups->dfl_cgrp->kn->id;
}

static __always_inline void current_owner(struct owner *owner)
{
	owner_of_task(owner, bpf_get_current_task_btf());
}

static __always_inline void fill_header(struct record_header *header, enum record_type type, __u32 size,
					const struct owner *owner)
{
	header->type = type;
	header->flags = 0;
	header->size = size;
	header->time = bpf_ktime_get_ns();
	header->pid = owner->pid;
	header->thread = owner->thread;
	header->start = owner->start;
	header->parent_start = owner->parent_start;
	header->parent_pid = owner->parent_pid;
	header->uid = owner->uid;
}

#endif
