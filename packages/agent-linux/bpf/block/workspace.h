/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Memory to read a DNS message in. Not one per CPU: a program that is interrupted there by another would go on with
 * the other's message, and let a question through that it never read. So each takes a free one of several.
 */
#ifndef BLOCK_WORKSPACE_H
#define BLOCK_WORKSPACE_H

#include <bpf/bpf_helpers.h>
#include "../lost.h"

#define WORKSPACES 64
#define WORKSPACE_TRIES 8
#define MESSAGE_SIZE 4096
#define NAME_SIZE 256
#define NAME_LABELS 32

/* `com.example.api..`: labels from the last to the first, so that names below one another begin alike. */
struct turned_name {
	__u32 prefix; /* bits of what follows */
	__u8 text[NAME_SIZE];
};

#define GRANTED_PORTS 16

struct granted_ports {
	__u32 count;
	__u16 ports[GRANTED_PORTS]; /* 0: any */
};

struct workspace {
	__u32 busy;
	__u32 number; /* its own */
	__u32 length; /* of the message */
	__u8 message[2 * MESSAGE_SIZE]; /* reads start in the first half */
	__u16 labels[NAME_LABELS]; /* where each begins */
	struct turned_name name; /* that the message asks for */
	struct granted_ports granted; /* to that name */
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, WORKSPACES);
	__type(key, __u32);
	__type(value, struct workspace);
} workspaces SEC(".maps");

/* Null, and counted, if none is free. */
static __always_inline struct workspace *take_workspace(void)
{
	__u32 first = bpf_get_smp_processor_id();
	for (int i = 0; i < WORKSPACE_TRIES; i++) {
		__u32 number = (first + i * 7) % WORKSPACES;
		struct workspace *workspace = bpf_map_lookup_elem(&workspaces, &number);
		if (workspace && __sync_val_compare_and_swap(&workspace->busy, 0, 1) == 0) {
			workspace->number = number;
			return workspace;
		}
	}
	count_lost(LOST_RESOLVER);
	return NULL;
}

static __always_inline void give_back(struct workspace *workspace)
{
	workspace->busy = 0;
}

static __always_inline __u8 message_byte(const struct workspace *workspace, __u32 offset)
{
	return workspace->message[offset & (MESSAGE_SIZE - 1)];
}

static __always_inline __u16 message_u16(const struct workspace *workspace, __u32 offset)
{
	return (__u16)message_byte(workspace, offset) << 8 | message_byte(workspace, offset + 1);
}

#endif
