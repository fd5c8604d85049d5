/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * A resolver's answer for an allowed name allows its addresses, before the process that asked gets to see it: so no
 * connect can come too early. All addresses of the answer count, whatever canonical names lead to them.
 */
#ifndef BLOCK_ANSWER_H
#define BLOCK_ANSWER_H

#include "../packet.h"
#include "name.h"
#include "policy.h"

enum { RECORD_TYPE_A = 1, RECORD_TYPE_AAAA = 28 };
/* Names have labels, so records take several steps. */
#define ANSWER_STEPS 1024

struct answer_reading {
	struct workspace *workspace;
	__u32 offset;
	__u32 records; /* that are left */
	bool broken;
};

struct learning {
	struct endpoint endpoint;
	const struct workspace *workspace;
};

static long learn_port(__u32 index, struct learning *learning)
{
	if (index >= learning->workspace->granted.count || index >= GRANTED_PORTS)
		return 1;
	struct endpoint endpoint = learning->endpoint;
	endpoint.port = learning->workspace->granted.ports[index & (GRANTED_PORTS - 1)];
	__u8 allowed = 1;
	if (bpf_map_update_elem(&learned, &endpoint, &allowed, BPF_ANY))
		count_lost(LOST_LEARNED);
	return 0;
}

static __always_inline void learn(const struct workspace *workspace, __u32 offset, bool v6)
{
	const __u8 *bytes = workspace->message + (offset & (MESSAGE_SIZE - 1));
	__u32 address[4] = {};
	__builtin_memcpy(address, bytes, 4);
	if (v6)
		__builtin_memcpy(address + 1, bytes + 4, 12);
	struct learning learning = { .workspace = workspace };
	endpoint_of(&learning.endpoint, address, v6 ? AF_INET6 : AF_INET, 0);
	bpf_loop(GRANTED_PORTS, learn_port, &learning, 0);
}

static long next_step(__u32 index, struct answer_reading *reading)
{
	struct workspace *workspace = reading->workspace;
	if (!reading->records)
		return 1;
	__u8 length = message_byte(workspace, reading->offset);
	reading->offset += length >= 0xc0 ? 2 : length + 1; /* a pointer ends a name */
	if ((length > 63 && length < 0xc0) || reading->offset + 10 > workspace->length) {
		reading->broken = true;
		return 1;
	}
	if (length && length < 0xc0)
		return 0;
	__u16 type = message_u16(workspace, reading->offset);
	__u16 size = message_u16(workspace, reading->offset + 8);
	__u32 data = reading->offset + 10;
	reading->offset = data + size;
	if (reading->offset > workspace->length) {
		reading->broken = true;
		return 1;
	}
	bool v6 = type == RECORD_TYPE_AAAA && size == 16;
	if (v6 || (type == RECORD_TYPE_A && size == 4))
		learn(workspace, data, v6);
	reading->records -= 1;
	return 0;
}

/* Of the message in the workspace. */
__attribute__((noinline)) int learn_answer(__u32 number)
{
	struct workspace *workspace = bpf_map_lookup_elem(&workspaces, &number);
	if (!workspace || workspace->length <= 12)
		return 0;
	bool is_response = (message_byte(workspace, 2) & 0xf8) == 0x80;
	if (!is_response || message_u16(workspace, 4) != 1)
		return 0;
	__u32 name_end = read_question(number);
	if (!name_end || !workspace->granted.count)
		return 0;
	struct answer_reading reading = {
		.workspace = workspace,
		.offset = name_end + 4,
		.records = message_u16(workspace, 6),
	};
	bpf_loop(ANSWER_STEPS, next_step, &reading, 0);
	if (reading.broken || reading.records)
		count_lost(LOST_RESOLVER);
	return 0;
}

static __always_inline void learn_datagram(struct __sk_buff *skb, const struct packet *packet)
{
	struct workspace *workspace = take_workspace();
	if (!workspace)
		return;
	__u32 length = packet->length < MESSAGE_SIZE ? packet->length : MESSAGE_SIZE;
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (MESSAGE_SIZE - 1)) + 1;
	workspace->length = length;
	if (bpf_skb_load_bytes(skb, packet->payload, workspace->message, length))
		count_lost(LOST_RESOLVER);
	else
		learn_answer(workspace->number);
	give_back(workspace);
}

#endif
