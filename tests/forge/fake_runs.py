"""Runs, pipelines and what they keep: the half of the fake forge that `gate fetch` asks.

The state (see fake_forge.py): "runs" are the forge's own documents, "artifacts" GitHub's and
"jobs" GitLab's, each with the "run" it is of; "zips" are files, by number; "storage" is the
address of another host that keeps them; "hidden" are counted and not listed.
"""


def stored(state, number):
    with open(state["zips"][str(number)], "rb") as f:
        return 200, f.read(), {"Content-Type": "application/zip"}


def storage(state, path, query, headers):
    """A key in the address opens it; who sends a token is refused."""
    if query.get("sig") != "key-to-the-storage" or headers.get("Authorization") or headers.get("PRIVATE-TOKEN"):
        return 400, "<Error>InvalidAuthenticationInfo</Error>", {}
    return stored(state, int(path[9:]))


class Runs:
    def one(self, key, ident):
        found = [d for d in self.state[key] if d["id"] == int(ident)]
        return found[0] if found else self.refuse(404, "404 Not Found")

    def of(self, key, run):
        return [{k: v for k, v in d.items() if k != "run"} for d in self.state[key] if d["run"] == int(run)]

    def asked(self, sha, branch):
        runs = [r for r in self.state["runs"] if self.query.get(sha) in (None, r[sha]) and
                self.query.get(branch) in (None, r[{"branch": "head_branch"}.get(branch, branch)])]
        return sorted(runs, key=lambda r: -r["id"])

    def run_of(self, ident):
        return 200, self.one("runs", ident)

    def kept(self, ident):
        if self.state["storage"]:
            return 302, None, {"Location": "%s/storage/%d?sig=key-to-the-storage" % (self.state["storage"], int(ident))}
        return stored(self.state, ident)


class HubRuns(Runs):
    def counted(self, key, items):
        return self.page(items, lambda part: {"total_count": len(items) + self.state["hidden"], key: part})

    def runs_asked(self):
        return self.counted("workflow_runs", self.asked("head_sha", "branch"))

    def artifacts(self, run):
        return self.counted("artifacts", self.of("artifacts", run))

    def archive(self, ident):
        if self.one("artifacts", ident).get("expired"):
            self.refuse(410, "Artifact has expired")
        return self.kept(ident)

    A = r"/repos/acme/app/actions"
    run_routes = [
        ("GET", A + "/runs", runs_asked),
        ("GET", A + r"/runs/(\d+)", Runs.run_of),
        ("GET", A + r"/runs/(\d+)/artifacts", artifacts),
        ("GET", A + r"/artifacts/(\d+)/zip", archive),
    ]


class LabRuns(Runs):
    def pipelines(self):
        return self.page(self.asked("sha", "ref"))

    def jobs(self, run):
        return self.page(self.of("jobs", run))

    def archive(self, ident):
        if not self.one("jobs", ident).get("artifacts_file"):
            self.refuse(404, "404 Not Found")
        return self.kept(ident)

    P = r"/projects/(?:12|acme%2Fapp)"
    run_routes = [
        ("GET", P + "/pipelines", pipelines),
        ("GET", P + r"/pipelines/(\d+)", Runs.run_of),
        ("GET", P + r"/pipelines/(\d+)/jobs", jobs),
        ("GET", P + r"/jobs/(\d+)/artifacts", archive),
    ]
