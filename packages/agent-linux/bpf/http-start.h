/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/* How the bytes look with which an HTTP client begins. */
#ifndef HTTP_START_H
#define HTTP_START_H

#include "starts-with.h"

/* Until it is clear what is spoken, and for the head of one HTTP request. */
#define CAPTURED_PER_HEAD 8192

static __always_inline bool starts_request(const __u8 *bytes)
{
	return starts_with(bytes, "GET ") || starts_with(bytes, "POST ") || starts_with(bytes, "PUT ") ||
	       starts_with(bytes, "HEAD ") || starts_with(bytes, "DELETE ") || starts_with(bytes, "PATCH ") ||
	       starts_with(bytes, "OPTIONS ") || starts_with(bytes, "CONNECT ");
}

/* Of a response, its first line and a bit. */
#define CAPTURED_PER_RESPONSE 64
#define STATUS_LINE_SIZE 12

static __always_inline bool starts_response(const __u8 *bytes)
{
	return starts_with(bytes, "HTTP/1.");
}

/* After an interim response (100 Continue) the one that counts is still to come. */
static __always_inline bool is_final_response(const __u8 *bytes)
{
	return bytes[9] != '1';
}

/* The first line of the connection preface of HTTP/2, whose last six bytes need no look (RFC 9113, 3.4). */
static __always_inline bool starts_preface(const __u8 *bytes)
{
	return starts_with(bytes, "PRI * HTTP/2.0\r\n\r\n");
}

#endif
