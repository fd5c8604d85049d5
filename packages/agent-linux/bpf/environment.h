/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The variables that tell which step and which Action a process belongs to. Exactly these names: everything else
 * in an environment may be a secret and stays where it is.
 */
#ifndef ENVIRONMENT_H
#define ENVIRONMENT_H

#include <bpf/bpf_helpers.h>
#include "scratch.h"
#include "starts-with.h"

#define VARIABLES 4096
#define VARIABLE_SIZE 512

struct environment_walk {
	__u64 next;
	__u64 stop;
	struct scratch *scratch;
	__u32 end;
	bool inside; /* the last read ended inside a variable */
	bool complete;
	bool cut;
};

static __always_inline bool names_a_step(const __u8 *variable)
{
	if (starts_with(variable, "RUNNER_NAME="))
		return true;
	if (!starts_with(variable, "GITHUB_"))
		return false;
	variable += sizeof("GITHUB_") - 1;
	return starts_with(variable, "ACTION=") || starts_with(variable, "ACTION_REPOSITORY=") ||
	       starts_with(variable, "ACTION_REF=") || starts_with(variable, "JOB=") ||
	       starts_with(variable, "WORKFLOW_REF=") || starts_with(variable, "RUN_ID=") ||
	       starts_with(variable, "RUN_ATTEMPT=");
}

static long next_variable(__u32 index, struct environment_walk *walk)
{
	if (walk->next >= walk->stop) {
		walk->complete = true;
		return 1;
	}
	__u32 end = walk->end;
	if (end > SCRATCH_DATA - VARIABLE_SIZE)
		return 1;
	__u8 *variable = &walk->scratch->data[end & (SCRATCH_DATA - 1)];
	long length = bpf_probe_read_user_str(variable, VARIABLE_SIZE, (void *)walk->next);
	if (length <= 0)
		return 1;

	bool starts = !walk->inside;
	bool ends = length < VARIABLE_SIZE;
	walk->inside = !ends;
	walk->next += ends ? length : length - 1;
	if (!starts || !names_a_step(variable))
		return 0;
	if (!ends)
		walk->cut = true;
	walk->end = end + length;
	return 0;
}

#endif
