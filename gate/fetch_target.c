/* fetch_target.c -- see fetch_target.h. */
#include "gate/fetch_target.h"

#include "gate/build_here.h"
#include "gate/forge/ci_env.h"
#include "gate/forge_access.h"
#include "gate/git.h"

#define NOWHERE ((struct pos){ 0 })
#define MAX_URL 4096

/* Of a page, or of what git clones from. */
struct place {
	struct str host;    /* with its port, where that is the web's */
	struct str path;
};

/* "https://host:1/path", "ssh://git@host:1/path", "git@host:path" */
static bool
read_place(struct str url, struct place *p)
{
	struct str rest, port, scheme = url;
	bool web, is_url = str_cut(&scheme, "://", &rest);
	size_t at;

	p->host = is_url ? rest : url;
	if (!str_cut(&p->host, is_url ? "/" : ":", &p->path))
		return false;
	web = is_url && (str_ieqz(scheme, "https") || str_ieqz(scheme, "http"));
	at = str_rchr(p->host, '@');
	if (at != STR_NPOS)
		p->host = str_from(p->host, at + 1);
	if (!web)
		str_cut(&p->host, ":", &port);
	while (str_skip(&p->path, "/"))
		;
	return p->host.n > 0 && p->path.n > 0;
}

/* A server's address may have a path, which is none of the project's. */
static bool
is_server(struct str server, struct place *p)
{
	struct str host, base = STR_NONE;

	if (!str_cut(&server, "://", &host))
		return false;
	str_cut(&host, "/", &base);
	if (!str_ieq(host, p->host))
		return false;
	if (base.n == 0)
		return true;
	if (p->path.n <= base.n || p->path.p[base.n] != '/' ||
	    !str_eq(str_to(p->path, base.n), base))
		return false;
	p->path = str_from(p->path, base.n + 1);
	return true;
}

static struct str
api_at(struct arena *mem, enum forge forge, struct str host)
{
	if (forge == FORGE_GITLAB)
		return arena_printf(mem, "https://%.*s/api/v4", STR_FMT(host));
	if (str_ieqz(host, "github.com"))
		return STR("https://api.github.com");
	if (str_ends(host, ".ghe.com"))
		return arena_printf(mem, "https://api.%.*s", STR_FMT(host));
	return arena_printf(mem, "https://%.*s/api/v3", STR_FMT(host));
}

/* Whose it is: the environment's, or one that everybody knows. */
static enum forge
forge_at(struct arena *mem, struct place p)
{
	static const enum forge all[] = { FORGE_GITHUB, FORGE_GITLAB };
	struct build b;

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		build_here(mem, all[i], &b);
		if (is_server(b.server, &p))
			return all[i];
	}
	return str_ieqz(p.host, "gitlab.com") ? FORGE_GITLAB : FORGE_NONE;
}

static int
take_project(struct arena *mem, struct place p, enum forge want, struct build *b,
	struct err *err)
{
	enum forge forge = want != FORGE_NONE ? want : forge_at(mem, p);

	if (forge == FORGE_NONE) {
		err_set(err, NOWHERE, "is %.*s GitHub or GitLab?", STR_FMT(p.host));
		return err_hint(err, "--from github or --from gitlab says so, and that it may "
			"have the token");
	}
	build_here(mem, forge, b);
	if (!is_server(b->server, &p) || b->api.n == 0) {
		b->api = api_at(mem, forge, p.host);
		b->ca_file = STR_NONE;
	}
	if (str_ends(p.path, ".git"))
		p.path.n -= 4;
	while (p.path.n && p.path.p[p.path.n - 1] == '/')
		p.path.n--;
	if (!ci_env_is_project(p.path) || str_chr(p.path, '/') == STR_NPOS)
		return err_set(err, NOWHERE, "'%.*s' names no project", STR_FMT(p.path));
	b->project = arena_dup(mem, p.path);
	return 0;
}

/* ".../actions/runs/ID" and ".../-/pipelines/ID", whatever tab of it is looked at. */
static int
take_url(struct arena *mem, const char *url, enum forge want, struct fetch_target *t,
	struct err *err)
{
	struct place p;
	struct str id, rest;

	if (str_of(url).n > MAX_URL || !read_place(str_of(url), &p) ||
	    !(str_istarts(str_of(url), "https://") || str_istarts(str_of(url), "http://")) ||
	    !(str_cut(&p.path, "/actions/runs/", &id) || str_cut(&p.path, "/-/pipelines/", &id)))
		return err_set(err, NOWHERE, "'%.200s' is no URL of a run or a pipeline", url);
	rest = id;
	id.n = str_skip_digits(&rest);
	if (id.n == 0 || id.n > 18 || (rest.n && !strchr("/?#", rest.p[0])))
		return err_set(err, NOWHERE, "'%.200s' names no number of a run", url);
	if (str_starts(rest, "/attempts/"))
		return err_set(err, NOWHERE, "the artifacts of one attempt can't be told from "
			"the others': leave out '%.*s'", STR_FMT(rest));
	t->wanted.run = arena_dup(mem, id);
	return take_project(mem, p, want, &t->build, err);
}

static int
take_origin(struct arena *mem, const struct git *g, enum forge want, struct fetch_target *t,
	struct err *err)
{
	static const char *const args[] = { "ls-remote", "--get-url", "origin", NULL };
	struct buf out = BUF_INIT, said = BUF_INIT;
	struct str url;
	struct place p;
	int rc = git_read(g, NULL, args, MAX_URL, &out, &said, err);

	url = str_trim(buf_str(&out));
	if (rc >= 0 && !read_place(url, &p))
		rc = err_set(err, NOWHERE, "this checkout has no remote `origin` on a forge");
	else if (rc >= 0)
		rc = take_project(mem, p, want, &t->build, err);
	buf_release(&out);
	buf_release(&said);
	return rc;
}

static int
take_revision(struct arena *mem, const struct git *g, const char *rev, struct fetch_target *t,
	struct err *err)
{
	char hex[GIT_HEX];

	if (ci_env_is_commit(str_of(rev)))
		t->wanted.revision = str_of(rev);
	else if (g->top && git_commit(g, rev, hex))
		t->wanted.revision = arena_dup(mem, str_of(hex));
	else
		return err_set(err, NOWHERE, "'%.200s' is neither a whole commit ID nor a revision "
			"of a repository here", rev);
	return 0;
}

static int
take_options(struct arena *mem, const struct args *args, const struct git *g,
	struct fetch_target *t, struct err *err)
{
	const char *run = args_get(args, "run"), *revision = args_get(args, "revision");
	const char *branch = args_get(args, "branch");
	struct str id = str_of(run);

	if ((run != NULL) + (revision != NULL) + (branch != NULL) + args_operands(args) > 1)
		return err_set(err, NOWHERE, "a run is named by one of a URL, --run, --revision "
			"and --branch");
	if (run && (id.n > 18 || str_skip_digits(&id) == 0 || id.n))
		return err_set(err, NOWHERE, "--run '%.200s' is no number", run);
	if (branch && branch[0] == 0)
		return err_set(err, NOWHERE, "--branch is empty");
	t->wanted.run = str_of(run);
	t->wanted.branch = str_of(branch);
	return revision ? take_revision(mem, g, revision, t, err) : 0;
}

/* In a job: the run it is part of, or that it follows. */
static int
take_build(struct fetch_target *t)
{
	if (t->build.home.n)
		t->build.project = t->build.home; /* a fork's pipelines are the fork's */
	if (t->wanted.run.n || t->wanted.revision.n || t->wanted.branch.n)
		return 0;
	t->wanted.run = t->build.run;
	if (t->build.run.n == 0)
		t->wanted.revision = t->build.revision;
	return t->wanted.run.n || t->wanted.revision.n ? 0 : -1;
}

static int
find(struct arena *mem, const struct args *args, struct git *g, struct fetch_target *t,
	struct err *err)
{
	const char *from = args_get(args, "from"), *url = args_operand(args, 0);
	enum forge want = from ? forge_named(from) : FORGE_NONE;
	struct err no_git = { 0 };
	int rc;

	if (from && want == FORGE_NONE)
		return err_set(err, NOWHERE, "--from is neither github nor gitlab");
	git_open(g, &no_git);
	rc = take_options(mem, args, g, t, err);
	if (rc < 0)
		return rc;
	build_here(mem, want, &t->build);
	t->own = str_eqz(t->build.event, "workflow_run") ? STR_NONE : t->build.run;
	if (url)
		return take_url(mem, url, want, t, err);
	if (t->build.forge != FORGE_NONE && t->build.project.n && t->build.api.n)
		return take_build(t) == 0 ? 0 : err_set(err, NOWHERE,
			"the environment names no run");
	if (no_git.set)
		return err_set(err, NOWHERE, "nothing says whose run: this is neither a job of "
			"GitHub or GitLab nor a checkout");
	rc = take_origin(mem, g, want, t, err);
	if (rc == 0 && !t->wanted.run.n && !t->wanted.revision.n && !t->wanted.branch.n)
		rc = take_revision(mem, g, "HEAD", t, err);
	return rc;
}

int
fetch_target(struct arena *mem, const struct args *args, struct fetch_target *t,
	struct err *err)
{
	struct git g = { 0 };
	int rc = find(mem, args, &g, t, err);

	git_release(&g);
	return rc;
}
