/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* Tells what was denied. */
#ifndef BLOCK_BLOCKED_H
#define BLOCK_BLOCKED_H

#include "../network.h"
#include "../ring.h"
#include "../socket.h"

/* What was told already of sockets that send without connecting. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 16384);
	__type(key, struct flow);
	__type(value, __u8);
} blocked_flows SEC(".maps");

struct blocked_call {
	struct destination destination;
	__u64 cookie;
	void *sk;
	struct socket_state *socket; /* of one that capture knows, else null */
	__u32 generation;
};

static __always_inline bool is_told(const struct blocked_call *call)
{
	struct flow flow = { .cookie = call->cookie, .destination = call->destination };
	if (bpf_map_lookup_elem(&blocked_flows, &flow))
		return true;
	__u8 told = 1;
	bpf_map_update_elem(&blocked_flows, &flow, &told, BPF_ANY);
	return false;
}

static __always_inline void fill_blocked(struct record_call *record, __u32 size, const struct blocked_call *call)
{
	struct owner owner;
	current_owner(&owner);
	asm volatile("" : : "r"(&owner) : "memory"); /* else one instruction reads from the task and the map */
	if (call->socket && call->socket->owner.pid)
		owner = call->socket->owner;
	fill_header(&record->header, RECORD_BLOCKED, size, &owner);
	record->connection.cookie = call->cookie;
	record->connection.generation = call->generation;
	record->connection.reserved = 0;
	record->family = call->destination.family;
	record->protocol = call->destination.protocol;
	record->port = call->destination.port;
	record->source_port = 0;
	__builtin_memcpy(record->address, call->destination.address, sizeof(record->address));
	record->cgroup = owner.cgroup;
	record->network = call->sk ? network_of(call->sk) : 0;
	record->reserved = 0;
}

static __always_inline void tell_blocked(const struct blocked_call *call)
{
	struct record_blocked *record = reserve_record(RECORD_BLOCKED, sizeof(*record));
	if (!record)
		return;
	fill_blocked(&record->call, sizeof(*record), call);
	submit_record(record);
}

#endif
