/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include "kernel.h"
#include "exec.h"
#include "process.h"
#include "new-cgroup.h"
#include "call.h"
#include "traffic.h"
#include "frame.h"
#include "io-uring.h"
#include "open-connection.h"
#include "tcp-state.h"
#include "lookup.h"
#include "go-tls.h"
#include "tls-read.h"

char LICENSE[] SEC("license") = "Dual BSD/GPL";
