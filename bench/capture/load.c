/*
 * The load that the capture benchmark puts on this machine, on loopback only.
 *
 *   load serve                         accepts and closes for ever; prints the port first
 *   load connects COUNT PORT           median nanoseconds of one TCP connect and close
 *   load spawns COUNT                  median nanoseconds of one process: start of itself, exit, wait
 *   load rate PER_SECOND SECONDS PORT  connects and closes at a fixed rate; how many were made
 *   load burst PER_SECOND COUNT        UDP packets, each to an address of its own; microseconds it took
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const long second = 1000000000;

static long now(void)
{
	struct timespec time;
	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * second + time.tv_nsec;
}

static int by_size(const void *left, const void *right)
{
	long a = *(const long *)left, b = *(const long *)right;
	return (a > b) - (a < b);
}

static struct sockaddr_in loopback(int port)
{
	return (struct sockaddr_in){
		.sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK),
	};
}

/* Closes by a reset, so that no port stays in TIME_WAIT. */
static void connect_and_close(const struct sockaddr_in *server)
{
	struct linger reset = {1, 0};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof(reset));
	if (connect(fd, (const struct sockaddr *)server, sizeof(*server))) {
		perror("connect");
		exit(1);
	}
	close(fd);
}

static void start_and_wait(void)
{
	char *arguments[] = {"/proc/self/exe", NULL};
	pid_t child;
	if (posix_spawn(&child, arguments[0], NULL, NULL, arguments, NULL)) {
		perror("posix_spawn");
		exit(1);
	}
	waitpid(child, NULL, 0);
}

static void print_median(long *times, int count)
{
	qsort(times, count, sizeof(*times), by_size);
	printf("%ld\n", times[count / 2]);
}

static void connects(int count, int port)
{
	struct sockaddr_in server = loopback(port);
	long *times = calloc(count, sizeof(*times));
	for (int i = 0; i < count / 10; i++)
		connect_and_close(&server);
	for (int i = 0; i < count; i++) {
		long start = now();
		connect_and_close(&server);
		times[i] = now() - start;
	}
	print_median(times, count);
}

static void spawns(int count)
{
	long *times = calloc(count, sizeof(*times));
	for (int i = 0; i < count; i++) {
		long start = now();
		start_and_wait();
		times[i] = now() - start;
	}
	print_median(times, count);
}

static void serve(void)
{
	struct sockaddr_in address = loopback(0);
	socklen_t size = sizeof(address);
	int server = socket(AF_INET, SOCK_STREAM, 0);
	if (bind(server, (struct sockaddr *)&address, size) || listen(server, 4096) ||
	    getsockname(server, (struct sockaddr *)&address, &size)) {
		perror("listen");
		exit(1);
	}
	printf("%d\n", ntohs(address.sin_port));
	fflush(stdout);
	for (;;)
		close(accept(server, NULL, NULL));
}

static void rate(long per_second, long seconds, int port)
{
	struct sockaddr_in server = loopback(port);
	struct timespec nap = {0, 200000};
	long start = now(), made = 0, passed;
	while ((passed = now() - start) < seconds * second) {
		if (made < passed / 1000 * per_second / 1000000) {
			connect_and_close(&server);
			made++;
		} else {
			nanosleep(&nap, NULL);
		}
	}
	printf("%ld\n", made);
}

static void burst(long per_second, int count)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	struct timespec nap = {0, 100000};
	long start = now();
	for (int made = 0; made < count;) {
		if (made >= (now() - start) / 1000 * per_second / 1000000) {
			nanosleep(&nap, NULL);
			continue;
		}
		struct sockaddr_in to = loopback(9);
		to.sin_addr.s_addr = htonl((127u << 24) + (1u << 16) + made);
		sendto(fd, "x", 1, 0, (struct sockaddr *)&to, sizeof(to));
		made++;
	}
	printf("%ld\n", (now() - start) / 1000);
}

int main(int count, char **arguments)
{
	/* Started by itself without arguments: the short process that is measured. */
	if (count < 2)
		return 0;
	const char *what = arguments[1];
	long numbers[3] = {0};
	for (int i = 2; i < count && i < 5; i++)
		numbers[i - 2] = atol(arguments[i]);
	if (!strcmp(what, "serve"))
		serve();
	else if (!strcmp(what, "connects"))
		connects(numbers[0], numbers[1]);
	else if (!strcmp(what, "spawns"))
		spawns(numbers[0]);
	else if (!strcmp(what, "rate"))
		rate(numbers[0], numbers[1], numbers[2]);
	else if (!strcmp(what, "burst"))
		burst(numbers[0], numbers[1]);
	else
		return 2;
	return 0;
}
