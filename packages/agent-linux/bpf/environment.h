/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * The variables that tell which step of which job a process belongs to. Exactly these names: everything else in an
 * environment may be a secret and stays where it is. src/translate/step.ts says what they mean, and has the same list.
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

/* The first eight bytes of a literal, as they lie in memory. */
#define START(text) \
	((__u64)(text)[0] | (__u64)(text)[1] << 8 | (__u64)(text)[2] << 16 | (__u64)(text)[3] << 24 | \
	 (__u64)(text)[4] << 32 | (__u64)(text)[5] << 40 | (__u64)(text)[6] << 48 | (__u64)(text)[7] << 56)

/* One comparison of eight bytes sorts out most variables; a job has some hundred. */
static __always_inline bool names_a_step(const __u8 *variable)
{
	__u64 start = *(const __u64 *)variable;
	if (start == START("GITHUB_A"))
		return starts_with(variable, "GITHUB_ACTION=") || starts_with(variable, "GITHUB_ACTION_REPOSITORY=") ||
		       starts_with(variable, "GITHUB_ACTION_REF=");
	if (start == START("GITHUB_J"))
		return starts_with(variable, "GITHUB_JOB=");
	if (start == START("GITHUB_R"))
		return starts_with(variable, "GITHUB_RUN_ID=") || starts_with(variable, "GITHUB_RUN_ATTEMPT=");
	if (start == START("CI_JOB_I"))
		return starts_with(variable, "CI_JOB_ID=");
	if (start == START("CI_JOB_N"))
		return starts_with(variable, "CI_JOB_NAME=");
	if (start == START("CI_JOB_S"))
		return starts_with(variable, "CI_JOB_STAGE=");
	if (start == START("STAGE_NA"))
		return starts_with(variable, "STAGE_NAME=");
	if (start == START("BUILD_TA"))
		return starts_with(variable, "BUILD_TAG=");
	if (start == START("BUILDKIT"))
		return starts_with(variable, "BUILDKITE_LABEL=") || starts_with(variable, "BUILDKITE_STEP_KEY=") ||
		       starts_with(variable, "BUILDKITE_STEP_ID=") || starts_with(variable, "BUILDKITE_JOB_ID=") ||
		       starts_with(variable, "BUILDKITE_PLUGIN_NAME=");
	if (start == START("CIRCLE_J"))
		return starts_with(variable, "CIRCLE_JOB=");
	if (start == START("CIRCLE_W"))
		return starts_with(variable, "CIRCLE_WORKFLOW_JOB_ID=");
	return false;
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
