/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Tells what a TLS library was given to encrypt, as far as it is the heads of HTTP requests: of HTTP/1 the first bytes
 * of each request, of HTTP/2 the frames that carry headers.
 */
#ifndef TLS_TEXT_H
#define TLS_TEXT_H

#include "http-start.h"
#include "tls-session.h"

enum { HTTP2_HEADERS = 1, HTTP2_PUSH_PROMISE = 5, HTTP2_CONTINUATION = 9 };
enum { HTTP2_PREFACE_SIZE = 24 };
/* As much as clients in use send where the server allows it. */
#define HTTP2_LARGEST_FRAME (1 << 20)
/* Of one write or read: control frames and the headers of what was queued together. */
#define HTTP2_FRAMES 2048
#define TEXT_PIECE 1024
#define TEXT_PIECES 18

struct text_copy {
	struct tls_flow *flow;
	__u64 session;
	__u64 text;
	__u32 length;
	__u32 at;
	__u32 end; /* of the piece of `text` that is told */
	__u16 flags;
};

static __always_inline struct record_tls_text *reserve_text(struct text_copy *copy, __u32 room)
{
	struct record_tls_text *record = reserve_record(RECORD_TLS_TEXT, sizeof(*record) + room);
	if (!record)
		return NULL;
	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_TLS_TEXT, sizeof(*record) + room, &owner);
	record->header.flags = copy->flags;
	record->session = copy->session;
	record->sequence = copy->flow->sequence;
	record->reserved = 0;
	record->length = 0;
	return record;
}

static __always_inline bool emit_text_piece(struct text_copy *copy, __u32 length, __u32 room)
{
	struct record_tls_text *record = reserve_text(copy, room);
	if (!record)
		return false;
	asm volatile("" : "+r"(length));
	length = ((length - 1) & (room - 1)) + 1; /* what the verifier understands as 1 to `room` */
	if (bpf_probe_read_user(record->data, length, (void *)(copy->text + copy->at)))
		count_lost(LOST_TLS_TEXT);
	else
		record->length = length;
	submit_record(record);
	return true;
}

static long next_text_piece(__u32 index, struct text_copy *copy)
{
	if (copy->at >= copy->end)
		return 1;
	__u32 length = copy->end - copy->at;
	bool told;
	if (length <= 256)
		told = emit_text_piece(copy, length, 256);
	else
		told = emit_text_piece(copy, length = length < TEXT_PIECE ? length : TEXT_PIECE, TEXT_PIECE);
	copy->at += length;
	copy->flow->sequence += length;
	copy->flags &= ~TLS_TEXT_BEGINS;
	return told ? 0 : 1;
}

static __always_inline void tell_text(struct text_copy *copy, __u32 length)
{
	copy->end = copy->at + length;
	bpf_loop(TEXT_PIECES, next_text_piece, copy, 0);
	if (copy->at == copy->end)
		return;
	count_lost(LOST_TLS_TEXT);
	copy->flow->sequence += copy->end - copy->at;
	copy->at = copy->end;
}

/* What is left of a frame, as far as this piece has it. */
static __always_inline void rest_of_frame(struct text_copy *copy)
{
	struct tls_flow *flow = copy->flow;
	__u32 here = copy->length - copy->at;
	if (here > flow->frame_left)
		here = flow->frame_left;
	flow->frame_left -= here;
	if (flow->frame_told)
		tell_text(copy, here);
	else
		copy->at += here;
}

/* Tells a header that came in pieces: what comes after it is told from where it lies. */
static __always_inline void tell_header(struct text_copy *copy)
{
	struct tls_flow *flow = copy->flow;
	struct record_tls_text *record = reserve_text(copy, 256);
	if (record) {
		__builtin_memcpy(record->data, flow->header, HTTP2_FRAME_HEADER);
		record->length = HTTP2_FRAME_HEADER;
		submit_record(record);
	}
	flow->sequence += HTTP2_FRAME_HEADER;
}

/* Reads one byte of a frame's header; tells whether it was the last one. */
static __always_inline bool read_header(struct text_copy *copy)
{
	struct tls_flow *flow = copy->flow;
	__u32 held = flow->header_length;
	asm volatile("" : "+r"(held));
	if (bpf_probe_read_user(&flow->header[held & 15], 1, (void *)(copy->text + copy->at)))
		count_lost(LOST_TLS_TEXT);
	copy->at += 1;
	flow->header_length = held + 1;
	return held + 1 >= HTTP2_FRAME_HEADER;
}

static __always_inline bool is_told(__u8 type)
{
	return type == HTTP2_HEADERS || type == HTTP2_CONTINUATION || type == HTTP2_PUSH_PROMISE;
}

static long next_frame(__u32 index, struct text_copy *copy)
{
	struct tls_flow *flow = copy->flow;
	if (copy->at >= copy->length)
		return 1;
	if (!flow->frame_left) {
		bool in_pieces = flow->header_length || copy->length - copy->at < HTTP2_FRAME_HEADER;
		if (in_pieces && !read_header(copy))
			return 0;
		if (!in_pieces &&
		    bpf_probe_read_user(flow->header, HTTP2_FRAME_HEADER, (void *)(copy->text + copy->at)))
			flow->header[0] = 0xff;
		__u32 size = (__u32)flow->header[0] << 16 | be16(flow->header + 1);
		flow->header_length = 0;
		if (size > HTTP2_LARGEST_FRAME) {
			flow->garbled = true;
			count_lost(LOST_TLS_TEXT);
			return 1;
		}
		flow->frame_told = is_told(flow->header[3]);
		flow->frame_left = size;
		if (!in_pieces)
			flow->frame_left += HTTP2_FRAME_HEADER;
		else if (flow->frame_told)
			tell_header(copy);
	}
	rest_of_frame(copy);
	return 0;
}

enum text_start { STARTS_NOTHING, STARTS_REQUEST, STARTS_HTTP2 };

static __always_inline enum text_start read_start(__u64 text, __u64 length)
{
	__u8 start[32] = {};
	__u64 size = length < HTTP2_PREFACE_SIZE ? length : HTTP2_PREFACE_SIZE;
	asm volatile("" : "+r"(size));
	if (bpf_probe_read_user(start, size & 31, (void *)text))
		count_lost(LOST_TLS_TEXT);
	if (starts_request(start))
		return STARTS_REQUEST;
	return starts_preface(start) ? STARTS_HTTP2 : STARTS_NOTHING;
}

static __always_inline void tell_http1(struct text_copy *copy, struct tls_session *state, bool begins)
{
	if (begins) {
		state->to_capture = CAPTURED_PER_HEAD;
		state->responses_due += 1;
		copy->flags = TLS_TEXT_BEGINS;
	}
	__u32 length = copy->length < state->to_capture ? copy->length : state->to_capture;
	state->to_capture -= length;
	tell_text(copy, length);
}

static __always_inline void tell_frames(struct text_copy *copy)
{
	struct tls_flow *flow = copy->flow;
	if (flow->garbled)
		return;
	bpf_loop(HTTP2_FRAMES, next_frame, copy, 0);
	if (copy->at < copy->length && !flow->garbled) {
		flow->garbled = true;
		count_lost(LOST_TLS_TEXT);
	}
}

static __always_inline void tell_http2(struct text_copy *copy, struct tls_session *state, bool begins)
{
	copy->flags = TLS_TEXT_HTTP2;
	if (begins) {
		state->is_http2 = true;
		state->out.garbled = state->in.garbled = false;
		state->out.header_length = state->in.header_length = 0;
		state->out.frame_told = true;
		state->out.frame_left = HTTP2_PREFACE_SIZE;
		state->in.frame_left = 0;
		copy->flags |= TLS_TEXT_BEGINS;
	}
	tell_frames(copy);
}

#endif
