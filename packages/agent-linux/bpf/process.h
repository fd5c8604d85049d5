/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Processes come and go. Threads do not count: a call names its thread itself.
 *
 * The parent of a new process is told as who made it: with CLONE_PARENT, the kernel's own word for the parent is another.
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <bpf/bpf_tracing.h>
#include "owner.h"
#include "ring.h"
#include "scope.h"

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	if (child->tgid != child->pid || !in_scope())
		return 0;
	struct record_fork *record = reserve_record(RECORD_FORK, sizeof(*record));
	if (!record)
		return 0;
	struct owner owner;
	owner_of_task(&owner, child);
	owner.parent_pid = parent->tgid;
	owner.parent_start = parent->group_leader->start_boottime;
	fill_header(&record->header, RECORD_FORK, sizeof(*record), &owner);
	submit_record(record);
	return 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct signal_struct *process = task->signal;
	if (process->live.counter != 0 || !in_scope())
		return 0;
	struct record_exit *record = reserve_record(RECORD_EXIT, sizeof(*record));
	if (!record)
		return 0;
	struct owner owner;
	owner_of_task(&owner, task);
	fill_header(&record->header, RECORD_EXIT, sizeof(*record), &owner);
	record->status = process->group_exit_code ?: task->exit_code;
	record->reserved = 0;
	submit_record(record);
	return 0;
}

#endif
