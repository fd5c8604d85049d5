/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* DNS over TCP (RFC 1035, 4.2.2): puts a resolver's answers together from their packets. */
#ifndef BLOCK_ANSWER_STREAM_H
#define BLOCK_ANSWER_STREAM_H

#include "answer.h"

#define STREAM_SIZE 8192
#define STREAM_PIECE 2048
#define STREAM_PIECES 4
#define ANSWERS_PER_PACKET 4

struct answer_stream {
	__u32 next_sequence;
	__u32 filled;
	__u32 read;
	bool begun;
	__u8 bytes[STREAM_SIZE + MESSAGE_SIZE]; /* pieces and messages start in the first part */
};

struct {
	__uint(type, BPF_MAP_TYPE_SK_STORAGE);
	__uint(map_flags, BPF_F_NO_PREALLOC);
	__type(key, int);
	__type(value, struct answer_stream);
} answer_streams SEC(".maps");

struct stream_copy {
	struct __sk_buff *skb;
	struct answer_stream *stream;
	__u32 offset;
	__u32 left;
	bool failed;
};

static long take_piece(__u32 index, struct stream_copy *copy)
{
	if (!copy->left)
		return 1;
	struct answer_stream *stream = copy->stream;
	__u32 length = copy->left < STREAM_PIECE ? copy->left : STREAM_PIECE;
	__u32 filled = stream->filled;
	if (filled + length > STREAM_SIZE) {
		copy->failed = true;
		return 1;
	}
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (STREAM_PIECE - 1)) + 1;
	if (bpf_skb_load_bytes(copy->skb, copy->offset, stream->bytes + (filled & (STREAM_SIZE - 1)), length)) {
		copy->failed = true;
		return 1;
	}
	stream->filled = filled + length;
	copy->offset += length;
	copy->left -= length;
	return 0;
}

struct stream_reading {
	struct answer_stream *stream;
	struct workspace *workspace;
};

static long next_answer(__u32 index, struct stream_reading *reading)
{
	struct answer_stream *stream = reading->stream;
	__u32 left = stream->filled - stream->read;
	if (left < 2)
		return 1;
	const __u8 *message = stream->bytes + (stream->read & (STREAM_SIZE - 1));
	__u32 length = be16(message);
	if (length > left - 2)
		return 1;
	stream->read += 2 + length;
	if (!length)
		return 0;
	if (length > MESSAGE_SIZE - 2) {
		count_lost(LOST_RESOLVER);
		return 0;
	}
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (MESSAGE_SIZE - 1)) + 1;
	reading->workspace->length = length;
	if (bpf_probe_read_kernel(reading->workspace->message, length, message + 2))
		count_lost(LOST_RESOLVER);
	else
		learn_answer(reading->workspace->number);
	return 0;
}

/* Tells whether the packet may be delivered: one that comes before its turn is sent again. */
static __always_inline bool learn_segment(struct __sk_buff *skb, struct bpf_sock *sk, const struct packet *packet)
{
	struct answer_stream *stream = bpf_sk_storage_get(&answer_streams, sk, 0, BPF_SK_STORAGE_GET_F_CREATE);
	if (!stream) {
		count_lost(LOST_SOCKET_STORAGE);
		return true;
	}
	if (packet->tcp_flags & TCP_FLAG_SYN) {
		stream->next_sequence = packet->sequence + 1;
		stream->filled = stream->read = 0;
		stream->begun = true;
		return true;
	}
	if (!packet->length || !stream->begun)
		return true;
	__s32 ahead = packet->sequence - stream->next_sequence;
	if (ahead > 0)
		return false;
	if (ahead < 0)
		return true; /* sent again */
	struct workspace *workspace = take_workspace();
	if (!workspace)
		return false;
	struct stream_copy copy = { .skb = skb, .stream = stream, .offset = packet->payload, .left = packet->length };
	bpf_loop(STREAM_PIECES, take_piece, &copy, 0);
	stream->next_sequence += packet->length;
	if (copy.failed || copy.left)
		count_lost(LOST_RESOLVER);
	struct stream_reading reading = { .stream = stream, .workspace = workspace };
	bpf_loop(ANSWERS_PER_PACKET, next_answer, &reading, 0);
	if (stream->read == stream->filled)
		stream->read = stream->filled = 0;
	give_back(workspace);
	return true;
}

#endif
