/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Counts what could not be told, at every place where that can happen. */
#ifndef LOST_H
#define LOST_H

#include <bpf/bpf_helpers.h>
#include "record.h"

/* The record types stand for "no room in the ring for one of these"; the rest follows. */
enum lost_reason {
	LOST_SCRATCH = 16, /* no working memory for an exec */
	LOST_SOCKET_STORAGE = 17, /* no memory to remember a socket */
	LOST_FLOW = 18, /* no memory to remember a destination */
	LOST_PACKET = 20, /* a packet that could not be read */
	LOST_ANSWER = 21, /* DNS over TCP past the limit of one connection */
	LOST_LOOKUP = 22, /* a getaddrinfo() whose name or answer could not be read */
	LOST_FRAME = 23, /* a frame of a packet socket whose destination could not be read */
	LOST_BYPASS = 24, /* a socket that sends past the programs was made */
	LOST_QUIC = 25, /* first packets of QUIC past the limit of one socket */
	LOST_TLS_SESSION = 26, /* no memory to follow a session of a TLS library */
	LOST_TLS_TEXT = 27, /* what a TLS library was given, and could not be read or followed */
	LOST_QUESTION = 28, /* DNS over TCP past the limit of one connection, on its way out */
	LOST_LEARNED = 30, /* an address of an allowed name that there was no room for */
	LOST_RESOLVER = 31, /* a resolver's message that the policy could not read */
	LOST_REASONS = 32,
};

struct lost_counts {
	__u64 by_reason[LOST_REASONS];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, struct lost_counts);
} lost SEC(".maps");

static __always_inline void count_lost(__u32 reason)
{
	__u32 only = 0;
	struct lost_counts *counts = bpf_map_lookup_elem(&lost, &only);
	if (counts && reason < LOST_REASONS)
		__sync_fetch_and_add(&counts->by_reason[reason], 1);
}

#endif
