/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* The way out of the kernel. User space reads on a timer: waking it for each record costs 5 us a record. */
#ifndef RING_H
#define RING_H

#include "lost.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 << 20); /* the loader sets the size that was asked for */
} ring SEC(".maps");

static __always_inline void *reserve_record(enum record_type type, __u64 size)
{
	void *record = bpf_ringbuf_reserve(&ring, size, 0);
	if (!record)
		count_lost(type);
	return record;
}

static __always_inline void submit_record(void *record)
{
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
}

#endif
