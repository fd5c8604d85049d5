/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Tells what a TLS library was given to encrypt, as far as it is the heads of HTTP requests: of HTTP/1 the first bytes
 * of each request, of HTTP/2 the frames that carry headers.
 */
#ifndef TLS_TEXT_H
#define TLS_TEXT_H

#include "http-start.h"
#include "tls-session.h"

enum { HTTP2_HEADERS = 1, HTTP2_CONTINUATION = 9 };
enum { HTTP2_PREFACE_SIZE = 24, HTTP2_FRAME_HEADER = 9 };
/* As much as clients in use send where the server allows it. */
#define HTTP2_LARGEST_FRAME (1 << 20)
/* Of one write: control frames and the headers of requests that were queued together. */
#define HTTP2_FRAMES 256
#define TEXT_PIECE 1024
#define TEXT_PIECES 18

struct text_copy {
	struct tls_session *state;
	__u64 session;
	__u64 text;
	__u32 length;
	__u32 at;
	__u32 end; /* of the piece of `text` that is told */
	__u16 flags;
};

static __always_inline bool emit_text_piece(struct text_copy *copy, __u32 length, __u32 room)
{
	struct record_tls_text *record = reserve_record(RECORD_TLS_TEXT, sizeof(*record) + room);
	if (!record)
		return false;
	struct owner owner;
	current_owner(&owner);
	fill_header(&record->header, RECORD_TLS_TEXT, sizeof(*record) + room, &owner);
	record->header.flags = copy->flags;
	record->session = copy->session;
	record->sequence = copy->state->sequence;
	record->reserved = 0;
	record->length = 0;
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
	copy->state->sequence += length;
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
	copy->state->sequence += copy->end - copy->at;
	copy->at = copy->end;
}

/* What is left of a frame, as far as this write has it. */
static __always_inline void rest_of_frame(struct text_copy *copy)
{
	struct tls_session *state = copy->state;
	__u32 here = copy->length - copy->at;
	if (here > state->frame_left)
		here = state->frame_left;
	state->frame_left -= here;
	if (state->frame_told)
		tell_text(copy, here);
	else
		copy->at += here;
}

static long next_frame(__u32 index, struct text_copy *copy)
{
	struct tls_session *state = copy->state;
	if (copy->at >= copy->length)
		return 1;
	if (!state->frame_left) {
		__u8 header[HTTP2_FRAME_HEADER];
		__u32 size = HTTP2_LARGEST_FRAME + 1;
		if (copy->length - copy->at >= sizeof(header) &&
		    !bpf_probe_read_user(header, sizeof(header), (void *)(copy->text + copy->at)))
			size = (__u32)header[0] << 16 | be16(header + 1);
		if (size > HTTP2_LARGEST_FRAME) {
			state->garbled = true;
			count_lost(LOST_TLS_TEXT);
			return 1;
		}
		state->frame_left = sizeof(header) + size;
		state->frame_told = header[3] == HTTP2_HEADERS || header[3] == HTTP2_CONTINUATION;
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

static __always_inline void tell_http1(struct text_copy *copy, bool begins)
{
	struct tls_session *state = copy->state;
	if (begins) {
		state->to_capture = CAPTURED_PER_HEAD;
		copy->flags = TLS_TEXT_BEGINS;
	}
	__u32 length = copy->length < state->to_capture ? copy->length : state->to_capture;
	state->to_capture -= length;
	tell_text(copy, length);
}

static __always_inline void tell_http2(struct text_copy *copy, bool begins)
{
	struct tls_session *state = copy->state;
	copy->flags = TLS_TEXT_HTTP2;
	if (begins) {
		state->is_http2 = true;
		state->garbled = false;
		state->frame_told = true;
		state->frame_left = HTTP2_PREFACE_SIZE;
		copy->flags |= TLS_TEXT_BEGINS;
	}
	if (state->garbled)
		return;
	bpf_loop(HTTP2_FRAMES, next_frame, copy, 0);
	if (copy->at < copy->length && !state->garbled) {
		state->garbled = true;
		count_lost(LOST_TLS_TEXT);
	}
}

#endif
