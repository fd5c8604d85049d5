/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* A process became another program: with what arguments, in which directory, for which step. */
#ifndef EXEC_H
#define EXEC_H

#include <bpf/bpf_tracing.h>
#include "environment.h"
#include "owner.h"
#include "path.h"
#include "ring.h"
#include "scope.h"

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, int old_pid, struct linux_binprm *program)
{
	if (!in_scope())
		return 0;
	__u32 only = 0;
	struct scratch *work = bpf_map_lookup_elem(&scratch, &only);
	struct mm_struct *memory = task->mm;
	if (!work || !memory) {
		count_lost(LOST_SCRATCH);
		return 0;
	}

	struct owner owner;
	owner_of_task(&owner, task);
	struct record_exec *record = &work->record;
	fill_header(&record->header, RECORD_EXEC, 0, &owner);
	record->cgroup = owner.cgroup;

	__u32 end = 0;
	struct file *executable = memory->exe_file;
	if (executable)
		end = write_path(work, 0, executable->f_path.mnt, executable->f_path.dentry);
	record->executable_length = end;

	struct fs_struct *files = task->fs;
	if (files)
		end = write_path(work, end, files->pwd.mnt, files->pwd.dentry);
	record->directory_length = end - record->executable_length;

	__u64 length = memory->arg_end - memory->arg_start;
	if (length > SCRATCH_ARGS - 1) {
		length = SCRATCH_ARGS - 1;
		record->header.flags |= EXEC_ARGS_CUT;
	}
	record->args_length = 0;
	asm volatile("" : "+r"(length)); /* or the compiler drops the mask that the verifier needs */
	length &= SCRATCH_ARGS - 1;
	if (bpf_probe_read_user(&work->data[end & (SCRATCH_DATA - 1)], length, (void *)memory->arg_start) == 0) {
		record->args_length = length;
		end += length;
	} else {
		record->header.flags |= EXEC_ARGS_CUT;
	}

	struct environment_walk walk = {
		.next = memory->env_start,
		.stop = memory->env_end,
		.scratch = work,
		.end = end,
	};
	bpf_loop(VARIABLES, next_variable, &walk, 0);
	if (walk.cut || !walk.complete)
		record->header.flags |= EXEC_ENVIRONMENT_CUT;
	record->environment_length = walk.end - end;

	__u64 size = sizeof(*record) + walk.end;
	if (size > sizeof(*record) + SCRATCH_DATA)
		size = sizeof(*record) + SCRATCH_DATA;
	record->header.size = size;
	if (bpf_ringbuf_output(&ring, work, size, BPF_RB_NO_WAKEUP))
		count_lost(RECORD_EXEC);
	return 0;
}

#endif
