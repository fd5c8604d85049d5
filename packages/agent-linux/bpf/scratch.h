/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Memory to put an exec record together before its size is known. One per CPU is enough: exec's tracepoint
 * runs with preemption off.
 */
#ifndef SCRATCH_H
#define SCRATCH_H

#include "record.h"

#define SCRATCH_PATHS 4096
#define SCRATCH_ARGS 8192
#define SCRATCH_DATA 16384
/* Reads start inside the data and may run over its end by as much as one read of arguments. */
#define SCRATCH_SLACK SCRATCH_ARGS

struct scratch {
	struct record_exec record;
	__u8 data[SCRATCH_DATA + SCRATCH_SLACK];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct scratch);
} scratch SEC(".maps");

#endif
