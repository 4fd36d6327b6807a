/* git.c -- see git.h. Commands: https://git-scm.com/docs/git#_low_level_commands_plumbing */
#include "gate/git.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "gate/base/mem.h"
#include "gate/base/tape.h"

#define MAX_ARGS 32
#define MAX_SAID 4096        /* of what git complains */
#define PATIENCE 120         /* seconds for one command */
#define NOWHERE ((struct pos){ 0 })

extern char **environ;

/* The caller's variables but those that would point git at another repository. */
static const char *const dropped[] = {
	"GIT_DIR=", "GIT_WORK_TREE=", "GIT_INDEX_FILE=", "GIT_PREFIX=", "GIT_NAMESPACE=",
	"GIT_EXTERNAL_DIFF=", "GIT_DIFF_OPTS=", "GIT_COMMON_DIR=", "GIT_LITERAL_PATHSPECS=",
	"GIT_GLOB_PATHSPECS=", "GIT_NOGLOB_PATHSPECS=", "GIT_ICASE_PATHSPECS=", "GIT_TRACE",
	"LC_ALL=",	"LANGUAGE=", "GIT_GRAFT_FILE=", "GIT_REPLACE_REF_BASE=", NULL,
};

/* Replacement objects would let a ref stand for another commit; nothing is fetched lazily. */
static const char *const added[] = {
	"GIT_NO_REPLACE_OBJECTS=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0",
	"GIT_NO_LAZY_FETCH=1", "LC_ALL=C", NULL,
};

static char **
make_env(void)
{
	size_t n = 0, k = 0;
	char **env;

	while (environ && environ[n])
		n++;
	env = xcalloc(n + sizeof(added) / sizeof(added[0]) + 1, sizeof(*env));
	for (size_t i = 0; i < n; i++) {
		bool drop = false;

		for (size_t j = 0; dropped[j] && !drop; j++)
			drop = strncmp(environ[i], dropped[j], strlen(dropped[j])) == 0;
		if (!drop)
			env[k++] = environ[i];
	}
	for (size_t i = 0; added[i]; i++)
		env[k++] = (char *)added[i];
	return env;
}

struct child {
	pid_t pid;
	int out, err; /* what it writes; -1: closed */
};

static int
start(struct child *c, char *const argv[], struct err *err)
{
	int out[2], errors[2], why;
	posix_spawn_file_actions_t fa;
	char **env;

	if (pipe(out) < 0)
		return err_set(err, NOWHERE, "can't start git: %s", strerror(errno));
	if (pipe(errors) < 0) {
		why = errno;
		close(out[0]);
		close(out[1]);
		return err_set(err, NOWHERE, "can't start git: %s", strerror(why));
	}
	fcntl(out[0], F_SETFD, FD_CLOEXEC);
	fcntl(errors[0], F_SETFD, FD_CLOEXEC);
	posix_spawn_file_actions_init(&fa);
	posix_spawn_file_actions_addopen(&fa, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&fa, out[1], 1);
	posix_spawn_file_actions_adddup2(&fa, errors[1], 2);
	posix_spawn_file_actions_addclose(&fa, out[1]);
	posix_spawn_file_actions_addclose(&fa, errors[1]);
	env = make_env();
	why = posix_spawnp(&c->pid, "git", &fa, NULL, argv, env);
	free(env);
	posix_spawn_file_actions_destroy(&fa);
	close(out[1]);
	close(errors[1]);
	c->out = out[0];
	c->err = errors[0];
	if (why == 0)
		return 0;
	close(c->out);
	close(c->err);
	return err_set(err, NOWHERE, "can't start git: %s", strerror(why));
}

/* Reads what is there; 0 at the end, which closes *fd. */
static ssize_t
take(int *fd, struct buf *into, size_t max)
{
	char chunk[65536];
	ssize_t n = read(*fd, chunk, sizeof(chunk));

	if (n < 0 && errno == EINTR)
		return 1;
	if (n <= 0) {
		close(*fd);
		*fd = -1;
		return 0;
	}
	if (into)
		buf_add(into, str_n(chunk, (size_t)n < max ? (size_t)n : max));
	return n;
}

/* Both pipes until they end; false when it wrote too much or took too long. */
static bool
read_all(struct child *c, size_t max, struct buf *out, struct buf *said)
{
	size_t before = out->n;
	struct timespec from, now;

	clock_gettime(CLOCK_MONOTONIC, &from);
	while (c->out >= 0 || c->err >= 0) {
		struct pollfd p[2] = { { .fd = c->out, .events = POLLIN },
			{ .fd = c->err, .events = POLLIN } };

		if (poll(p, 2, 1000) < 0 && errno != EINTR)
			return false;
		clock_gettime(CLOCK_MONOTONIC, &now);
		if (now.tv_sec - from.tv_sec > PATIENCE)
			return false;
		if (c->out >= 0 && p[0].revents)
			take(&c->out, out, SIZE_MAX);
		if (c->err >= 0 && p[1].revents)
			take(&c->err, said, said->n < MAX_SAID ? MAX_SAID - said->n : 0);
		if (out->n - before > max)
			return false;
	}
	return true;
}

static int
finish(struct child *c, bool whole, struct err *err)
{
	int status;

	if (!whole)
		kill(c->pid, SIGKILL);
	if (c->out >= 0)
		close(c->out);
	if (c->err >= 0)
		close(c->err);
	while (waitpid(c->pid, &status, 0) < 0)
		if (errno != EINTR)
			return err_set(err, NOWHERE, "lost git: %s", strerror(errno));
	if (!whole)
		return err_set(err, NOWHERE, "git wrote more than is read, or took too long");
	if (!WIFEXITED(status))
		return err_set(err, NOWHERE, "git was ended by signal %d", WTERMSIG(status));
	return WEXITSTATUS(status);
}

int
git_read(const struct git *g, const char *dir, const char *const args[], size_t max,
	struct buf *out, struct buf *said, struct err *err)
{
	const char *argv[MAX_ARGS + 16] = { "git", "--no-pager", "-c", "core.fsmonitor=false", "-c",
		"core.quotePath=false", "-c", "protocol.allow=never", "-C",
		dir ? dir : g->top ? g->top : "." };
	struct child c = { .out = -1, .err = -1 };
	struct buf words = BUF_INIT;
	size_t n = 10, first;
	bool whole;
	int status;

	for (size_t i = 0; i < MAX_ARGS && args[i]; i++)
		argv[n++] = args[i];
	argv[n] = NULL;
	if (start(&c, (char *const *)(uintptr_t)argv, err) < 0)
		return -1;
	whole = read_all(&c, max, out, &words);
	status = finish(&c, whole, err);
	first = str_chr(buf_str(&words), '\n');
	if (said)
		buf_add(said, str_to(buf_str(&words), first));
	buf_release(&words);
	return status;
}

/* What the tape has of it; false: there is none, ask git. */
static bool
recall(struct str key, struct buf *out, struct buf *said, int *status, struct err *err)
{
	struct tape_answer a = { 0 };

	if (!tape_get(TAPE_GIT, key, &a)) {
		*status = tape_playing() ? err_set(err, NOWHERE,
			"what git says is not in the bundle") : 0;
		return tape_playing();
	}
	*status = (int)a.status;
	buf_add(out, a.text);
	buf_add(said, a.note);
	if (a.status < 0)
		err_set(err, NOWHERE, "%.*s", STR_FMT(a.note));
	return true;
}

static void
keep(struct str key, struct str out, const struct buf *said, int status, const struct err *err)
{
	struct tape_answer a = { .status = status, .text = out };

	a.note = status < 0 ? str_of(err->text) : buf_str(said);
	tape_put(TAPE_GIT, key, &a);
}

int
git_run(const struct git *g, const char *dir, const char *const args[], size_t max,
	struct buf *out, struct buf *said, struct err *err)
{
	struct buf key = BUF_INIT, words = BUF_INIT;
	size_t before = out->n;
	int status;

	buf_addz(&key, dir ? dir : ".");
	for (size_t i = 0; args[i]; i++)
		buf_addf(&key, "\n%s", args[i]);
	if (!recall(buf_str(&key), out, &words, &status, err)) {
		status = git_read(g, dir, args, max, out, &words, err);
		keep(buf_str(&key), str_from(buf_str(out), before), &words, status, err);
	}
	if (said)
		buf_add(said, buf_str(&words));
	buf_release(&words);
	buf_release(&key);
	return status;
}

int
git_open(struct git *g, struct err *err)
{
	static const char *const args[] = { "rev-parse", "--show-toplevel", "--show-prefix",
		"--is-shallow-repository", NULL };
	struct buf out = BUF_INIT, said = BUF_INIT;
	struct str rest, line;
	int status;

	g->top = NULL;
	if (recall(STR("repository"), &out, &said, &status, err)) {
		rest = buf_str(&out);
		g->top = status == 0 ? "" : NULL; /* git_top, if it matters */
	} else {
		status = git_read(g, ".", args, 65536, &out, &said, err);
		rest = buf_str(&out);
		if (status == 0 && str_line(&rest, &line))
			g->top = arena_z(&g->mem, line);
		keep(STR("repository"), rest, &said, status, err);
	}
	if (status > 0)
		status = err_set(err, NOWHERE, "%s", said.n ? buf_z(&said)
			: "git rev-parse failed");
	if (status == 0 && str_line(&rest, &line)) {
		while (line.n && line.p[line.n - 1] == '/')
			line.n--;
		g->prefix = arena_dup(&g->mem, line);
		g->shallow = str_line(&rest, &line) && str_eqz(line, "true");
	}
	buf_release(&out);
	buf_release(&said);
	return status;
}

struct str
git_top(const struct git *g)
{
	struct tape_answer a = { .text = str_of(g->top) };

	if (!tape_get(TAPE_PLACE, STR("top"), &a))
		tape_put(TAPE_PLACE, STR("top"), &a);
	return a.text;
}

void
git_release(struct git *g)
{
	arena_release(&g->mem);
}

static bool
is_object_id(struct str s)
{
	if (s.n != 40 && s.n != 64)
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_hex(s.p[i]))
			return false;
	return true;
}

static void
copy_id(char hex[GIT_HEX], struct str id)
{
	memcpy(hex, id.p, id.n);
	hex[id.n] = '\0';
}

bool
git_commit(const struct git *g, const char *rev, char hex[GIT_HEX])
{
	struct buf name = BUF_INIT, out = BUF_INIT;
	struct err err = { 0 };
	bool yes;

	buf_addf(&name, "%s^{commit}", rev);
	const char *const args[] = { "rev-parse", "--verify", "--quiet", buf_z(&name), NULL };

	yes = rev[0] != '-' && git_run(g, NULL, args, 4096, &out, NULL, &err) == 0 &&
		is_object_id(str_trim(buf_str(&out)));
	if (yes)
		copy_id(hex, str_trim(buf_str(&out)));
	buf_release(&name);
	buf_release(&out);
	return yes;
}

int
git_parents(const struct git *g, const char *commit, char parents[][GIT_HEX], int max)
{
	const char *const args[] = { "cat-file", "commit", commit, NULL };
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	struct str rest, line;
	int n = 0;

	if (git_run(g, NULL, args, 1u << 20, &out, NULL, &err) != 0)
		n = -1;
	rest = buf_str(&out);
	while (n >= 0 && str_line(&rest, &line) && line.n) {
		if (!str_skip(&line, "parent ") || !is_object_id(line))
			continue;
		if (n < max)
			copy_id(parents[n], line);
		n++;
	}
	buf_release(&out);
	return n;
}
