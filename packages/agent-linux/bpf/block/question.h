/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * What goes to a resolver must be questions for allowed names: a resolver carries any other name to a server of whoever
 * made it up, and with it what it says.
 */
#ifndef BLOCK_QUESTION_H
#define BLOCK_QUESTION_H

#include "../packet.h"
#include "blocked.h"
#include "name.h"

enum { RECORD_TYPE_OPT = 41 };
#define DNS_HEADER 12
#define QUESTION_SIZE 512
/* The C library asks for IPv4 and IPv6 addresses in one piece. */
#define QUESTIONS_PER_PACKET 4

/* One standard query with one question, and of other records only options (RFC 1035, 4.1.1; RFC 6891). */
static __always_inline bool is_query(const struct workspace *workspace)
{
	return !(message_byte(workspace, 2) & 0xf8) && message_u16(workspace, 4) == 1 &&
	       message_u16(workspace, 6) == 0 && message_u16(workspace, 8) == 0 && message_u16(workspace, 10) <= 1;
}

/* Nothing may follow the question but options (RFC 6891, 6.1.2): a root name, type, class, flags, size, data. */
static __always_inline bool ends_with_question(const struct workspace *workspace, __u32 name_end)
{
	__u32 end = name_end + 4;
	if (!message_u16(workspace, 10))
		return end == workspace->length;
	return end + 11 <= workspace->length && !message_byte(workspace, end) &&
	       message_u16(workspace, end + 1) == RECORD_TYPE_OPT &&
	       end + 11 + message_u16(workspace, end + 9) == workspace->length;
}

static __always_inline void tell_question(struct workspace *workspace, __u32 name_end, const struct blocked_call *call)
{
	struct record_blocked *record = reserve_record(RECORD_BLOCKED, sizeof(*record) + BLOCKED_NAME_SIZE);
	if (!record)
		return;
	fill_blocked(&record->call, sizeof(*record) + BLOCKED_NAME_SIZE, call);
	__builtin_memcpy(record->name, workspace->message + DNS_HEADER, BLOCKED_NAME_SIZE);
	if (name_end > DNS_HEADER && name_end <= DNS_HEADER + BLOCKED_NAME_SIZE)
		record->call.reserved = name_end - DNS_HEADER;
	submit_record(record);
}

static __always_inline bool load_question(struct __sk_buff *skb, struct workspace *workspace, __u32 offset, __u32 length)
{
	if (length <= DNS_HEADER || length > QUESTION_SIZE)
		return false;
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (QUESTION_SIZE - 1)) + 1;
	workspace->length = length;
	return bpf_skb_load_bytes(skb, offset, workspace->message, length) == 0;
}

static __always_inline bool may_ask(struct __sk_buff *skb, struct workspace *workspace, __u32 offset, __u32 length,
				    const struct blocked_call *call)
{
	__u32 name_end = 0;
	if (load_question(skb, workspace, offset, length) && is_query(workspace))
		name_end = read_question(workspace->number);
	if (name_end && workspace->granted.count && ends_with_question(workspace, name_end))
		return true;
	if (name_end)
		tell_question(workspace, name_end, call);
	else if (!is_told(call))
		tell_blocked(call);
	return false;
}

/* Over TCP (RFC 1035, 4.2.2) every packet must hold whole questions. */
static __always_inline bool may_ask_in_stream(struct __sk_buff *skb, struct workspace *workspace,
					      const struct packet *packet, const struct blocked_call *call)
{
	__u32 offset = packet->payload;
	__u32 end = packet->payload + packet->length;
	for (int i = 0; i < QUESTIONS_PER_PACKET && offset != end; i++) {
		__u8 size[2];
		if (bpf_skb_load_bytes(skb, offset, size, sizeof(size)))
			return false;
		__u32 length = be16(size);
		offset += sizeof(size);
		if (offset + length > end || !may_ask(skb, workspace, offset, length, call))
			return false;
		offset += length;
	}
	return offset == end;
}

static __always_inline bool may_pass_to_resolver(struct __sk_buff *skb, const struct packet *packet,
						 const struct blocked_call *call)
{
	bool streams = packet->protocol == IPPROTO_TCP;
	if (streams && !packet->length)
		return true;
	/* Nor what the kernel will cut into several datagrams (UDP_SEGMENT, udp(7)). */
	if (!streams && (packet->protocol != IPPROTO_UDP || skb->gso_size)) {
		if (!is_told(call))
			tell_blocked(call);
		return false;
	}
	struct workspace *workspace = take_workspace();
	if (!workspace)
		return false;
	bool allowed = streams ? may_ask_in_stream(skb, workspace, packet, call) :
				 may_ask(skb, workspace, packet->payload, packet->length, call);
	give_back(workspace);
	return allowed;
}

#endif
