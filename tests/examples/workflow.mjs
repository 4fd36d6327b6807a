// workflow.mjs -- runs a workflow of ci-examples/github on this machine: the real scripts, with
// GitHub's own parser and expression evaluator; the tests' stand-in for its runner.
//
//   node workflow.mjs FILE --event NAME=JSON-FILE --workspace DIR --store DIR [--env K=V]...
//       [--temp DIR: what RUNNER_TEMP holds already]
//
// `uses:` of our action runs its steps. The cache and artifact actions work on folders below the
// store; checkout and setup-* do nothing, with a word: the workspace and the tools are there
// already. Jobs run one after another, each in a copy of the workspace. Says what every step came
// to, on standard error; ends in 0 when all jobs did.
import {parseAction} from "@actions/workflow-parser/actions/index";
import {NoOperationTraceWriter, parseWorkflow} from "@actions/workflow-parser";
import {Evaluator, Lexer, Parser, data} from "@actions/expressions";
import {spawnSync} from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import {parseArgs} from "node:util";
import YAML from "yaml";

const {values: opt, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    event: {type: "string"},
    workspace: {type: "string"},
    store: {type: "string"},
    top: {type: "string"},
    temp: {type: "string"},
    env: {type: "string", multiple: true, default: []},
  },
});
const OURS = /^[^@]*\/ci-examples\/github@/;
const note = text => console.error(`[runner] ${text}`);

class Failed extends Error {}

/* GitHub's parser says what is wrong with a file; the plain YAML is what runs. */
function load(file, parse) {
  const content = fs.readFileSync(file, "utf8");
  const errors = parse({name: file, content}, new NoOperationTraceWriter()).context.errors.getErrors();
  if (errors.length) throw new Failed(errors.map(e => `${file}: ${e.message}`).join("\n"));
  return YAML.parse(content);
}

function toData(v) {
  if (v === null || v === undefined) return new data.Null();
  if (typeof v === "boolean") return new data.BooleanData(v);
  if (typeof v === "number") return new data.NumberData(v);
  if (typeof v === "string") return new data.StringData(v);
  if (Array.isArray(v)) return new data.Array(...v.map(toData));
  return new data.Dictionary(...Object.entries(v).map(([key, x]) => ({key, value: toData(x)})));
}

/* Contexts by name, and the status that success() and failure() tell of. */
class Scope {
  constructor(contexts, status) {
    this.contexts = contexts;
    this.status = status;
  }

  evaluate(text) {
    const functions = {
      success: () => this.status() === "success",
      failure: () => this.status() === "failure",
      always: () => true,
      cancelled: () => false,
    };
    const table = Object.entries(functions).map(([name, f]) => ({
      name, minArgs: 0, maxArgs: 0, call: () => new data.BooleanData(f()),
    }));
    const tree = new Parser(new Lexer(text).lex().tokens, Object.keys(this.contexts), table).parse();
    return new Evaluator(tree, toData(this.contexts), new Map(table.map(f => [f.name, f]))).evaluate();
  }

  fill(v) {
    if (v === null || v === undefined) return "";
    return String(v).replace(/\$\{\{([\s\S]*?)\}\}/g, (_, e) => this.evaluate(e.trim()).coerceString());
  }

  fillAll(map) {
    return Object.fromEntries(Object.entries(map ?? {}).map(([k, v]) => [k, this.fill(v)]));
  }

  /* A condition without a status function is held against success() too. */
  holds(condition) {
    if (condition === undefined) return this.status() === "success";
    const text = String(condition).replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, "$1");
    if (!/\b(success|failure|always|cancelled)\s*\(/.test(text) && this.status() !== "success") return false;
    return !["", "false", "0", "null"].includes(this.evaluate(text).coerceString());
  }
}

/* The files of GITHUB_OUTPUT, GITHUB_ENV: KEY=value, or KEY<<MARK, lines, MARK. */
function readAssignments(file) {
  const lines = fs.readFileSync(file, "utf8").split("\n");
  const out = {};
  if (lines.pop() !== "") throw new Failed(`${file}: the last line has no end`);
  while (lines.length) {
    const line = lines.shift();
    const m = /^([^=]*?)(<<|=)(.*)$/.exec(line);
    if (line === "") continue;
    if (!m) throw new Failed(`Invalid format '${line}'`);
    if (m[2] === "=") {
      out[m[1]] = m[3];
      continue;
    }
    const end = lines.indexOf(m[3]);
    if (end < 0) throw new Failed(`Matching delimiter not found '${m[3]}'`);
    out[m[1]] = lines.splice(0, end + 1).slice(0, -1).join("\n");
  }
  return out;
}

function copyInto(from, to) {
  fs.mkdirSync(path.dirname(to), {recursive: true});
  fs.cpSync(from, to, {recursive: true});
}

const globbed = (name, pattern) =>
  new RegExp("^" + pattern.replace(/[.+^$()|{}\\]/g, "\\$&").replace(/\*/g, ".*") + "$").test(name);

/* One job on one machine: a workspace, a temporary folder, a PATH and variables that grow. */
class Machine {
  constructor(github, workspace, variables) {
    this.temp = fs.mkdtempSync(path.join(os.tmpdir(), "runner-"));
    this.workspace = path.join(this.temp, "work");
    fs.cpSync(workspace, this.workspace, {recursive: true});
    this.runnerTemp = path.join(this.temp, "_temp");
    fs.mkdirSync(this.runnerTemp);
    if (opt.temp) fs.cpSync(opt.temp, this.runnerTemp, {recursive: true, preserveTimestamps: true});
    this.github = {...github, workspace: this.workspace};
    this.variables = variables;
    this.path = process.env.PATH;
    this.status = "success";
    this.steps = 0;
  }

  release() {
    fs.rmSync(this.temp, {recursive: true, force: true});
  }

  /* The actions that are not ours. Null: not known here. */
  simulated(uses, given) {
    const [name] = uses.split("@");
    const artifacts = path.join(opt.store, "artifacts");
    switch (name) {
    case "actions/cache": {
      const at = path.join(opt.store, "cache", given.key);
      if (fs.existsSync(at)) {
        copyInto(at, given.path);
        return {"cache-hit": "true"};
      }
      this.later = () => fs.existsSync(given.path) && copyInto(given.path, at);
      return {"cache-hit": "false"};
    }
    case "actions/upload-artifact": {
      const from = path.resolve(this.workspace, given.path);
      if (!fs.existsSync(from)) {
        note(`::warning::No files were found with the provided path: ${given.path}`);
        return {};
      }
      copyInto(from, path.join(artifacts, given.name, path.basename(from)));
      return {};
    }
    case "actions/download-artifact": {
      const into = path.resolve(this.workspace, given.path ?? ".");
      const there = fs.existsSync(artifacts) ? fs.readdirSync(artifacts).sort() : [];
      const chosen = there.filter(n => given.pattern ? globbed(n, given.pattern) : n === given.name);
      if (given.name && !chosen.length) throw new Failed(`Artifact not found for name: ${given.name}`);
      for (const n of chosen) {
        const to = given.name || given["merge-multiple"] === "true" ? into : path.join(into, n);
        fs.cpSync(path.join(artifacts, n), to, {recursive: true});
      }
      return {};
    }
    default:
      note(`${uses} is not run here`);
      return /^actions\/(checkout|setup-[a-z]+)$/.test(name) ? {} : null;
    }
  }

  script(step, scope, extra) {
    const id = `step-${++this.steps}`;
    const files = {};
    for (const what of ["OUTPUT", "ENV", "PATH", "STEP_SUMMARY", "STATE"]) {
      files[`GITHUB_${what}`] = path.join(this.runnerTemp, `${id}.${what}`);
      fs.writeFileSync(files[`GITHUB_${what}`], "");
    }
    const env = {PATH: this.path, HOME: process.env.HOME, CI: "true", GITHUB_ACTIONS: "true",
      RUNNER_TEMP: this.runnerTemp, RUNNER_OS: "Linux", RUNNER_ARCH: "X64"};
    /* As the runner does: the context without the token. */
    for (const [k, v] of Object.entries(this.github))
      if (typeof v === "string" && k !== "token") env[`GITHUB_${k.toUpperCase()}`] = v;
    Object.assign(env, this.variables, extra, scope.fillAll(step.env), files);
    const file = path.join(this.runnerTemp, `${id}.sh`);
    fs.writeFileSync(file, scope.fill(step.run));
    const shell = step.shell === "bash" ? ["--noprofile", "--norc", "-eo", "pipefail"] : ["-e"];
    const done = spawnSync("bash", [...shell, file], {env,
      cwd: path.resolve(this.workspace, scope.fill(step["working-directory"]) || "."),
      stdio: ["ignore", "inherit", "inherit"]});
    Object.assign(this.variables, readAssignments(files.GITHUB_ENV));
    for (const p of fs.readFileSync(files.GITHUB_PATH, "utf8").split("\n").filter(Boolean))
      this.path = `${p}:${this.path}`;
    this.keepSummary(files.GITHUB_STEP_SUMMARY);
    if (done.status !== 0) note(`exit status ${done.status}: ${step.name ?? step.run.split("\n")[0]}`);
    return {ok: done.status === 0, outputs: readAssignments(files.GITHUB_OUTPUT)};
  }

  keepSummary(file) {
    const text = fs.readFileSync(file, "utf8");
    if (Buffer.byteLength(text) > 1048576) note("a summary above 1 MiB is dropped");
    else fs.appendFileSync(path.join(opt.store, "summary.md"), text);
  }

  /* Runs steps in their own contexts; says whether all went well. `ours`: the action's folder. */
  run(steps, contexts, ours) {
    let status = "success";
    const seen = {};
    const scope = new Scope({...contexts, github: {...this.github, ...(ours ? {action_path: ours} : {})},
      steps: seen, env: this.variables, runner: {os: "Linux", arch: "X64", temp: this.runnerTemp},
      job: {status: "success"}}, () => status);
    for (const step of steps) {
      let done = {ok: true, outputs: {}};
      if (step.id) seen[step.id] = {outputs: {}, outcome: "skipped", conclusion: "skipped"};
      if (!scope.holds(step.if)) continue;
      try {
        done = step.run === undefined ? this.use(step, scope) :
          this.script(step, scope, ours ? {GITHUB_ACTION_PATH: ours} : {});
      } catch (e) {
        if (!(e instanceof Failed)) throw e;
        note(`::error::${e.message}`);
        done = {ok: false, outputs: {}};
      }
      const outcome = done.ok ? "success" : "failure";
      if (step.id) seen[step.id] = {outputs: done.outputs, outcome, conclusion: outcome};
      if (!done.ok) status = "failure";
    }
    return {ok: status === "success", scope};
  }

  use(step, scope) {
    const given = scope.fillAll(step.with);
    if (!OURS.test(step.uses)) {
      const outputs = this.simulated(step.uses, given);
      return {ok: outputs !== null, outputs: outputs ?? {}};
    }
    const folder = path.join(opt.top, "ci-examples/github");
    const action = load(path.join(folder, "action.yml"), parseAction);
    const inputs = {};
    for (const name of Object.keys(given))
      if (!(name in action.inputs)) note(`::warning::Unexpected input '${name}'`);
    for (const [name, input] of Object.entries(action.inputs))
      inputs[name] = given[name] ?? scope.fill(input.default);
    const {ok, scope: inner} = this.run(action.runs.steps, {inputs}, folder);
    this.later?.();
    const outputs = Object.fromEntries(
      Object.entries(action.outputs).map(([k, o]) => [k, inner.fill(o.value)]));
    note(`action: ${ok ? "success" : "failure"} ${JSON.stringify(outputs)}`);
    return {ok, outputs};
  }
}

function legs(job) {
  return job.strategy?.matrix?.include ?? [{}];
}

function main() {
  const file = path.resolve(positionals[0]);
  const workflow = load(file, parseWorkflow);
  const [event, eventFile] = opt.event.split("=");
  const variables = Object.fromEntries(opt.env.map(e => [e.slice(0, e.indexOf("=")), e.slice(e.indexOf("=") + 1)]));
  const payload = JSON.parse(fs.readFileSync(eventFile, "utf8"));
  const github = {event_name: event, event_path: path.resolve(eventFile), event: payload,
    workflow: workflow.name, token: process.env.FAKE_TOKEN ?? "", run_id: "7", run_attempt: "1",
    repository: payload.repository?.full_name ?? "", sha: process.env.GITHUB_SHA ?? "",
    ref: process.env.GITHUB_REF ?? "", api_url: process.env.GITHUB_API_URL ?? "",
    server_url: process.env.GITHUB_API_URL ?? ""};
  const needs = {};
  let all = true;

  if (!(event in (typeof workflow.on === "string" ? {[workflow.on]: null} : workflow.on)))
    throw new Failed(`${file} does not run on ${event}`);
  fs.mkdirSync(opt.store, {recursive: true});
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const before = [job.needs ?? []].flat();
    const fine = before.every(n => needs[n].result === "success");
    const scope = new Scope({github, needs}, () => fine ? "success" : "failure");
    let result = "success";
    if (!scope.holds(job.if)) {
      needs[id] = {result: "skipped", outputs: {}};
      note(`job ${id}: skipped`);
      continue;
    }
    for (const matrix of legs(job)) {
      const machine = new Machine({...github, job: id}, opt.workspace,
        {...variables, ...Object.fromEntries(Object.entries(matrix).map(([k, v]) => [`MATRIX_${k.toUpperCase()}`, v]))});
      if (!machine.run(job.steps, {matrix, needs}).ok) result = "failure";
      machine.release();
    }
    needs[id] = {result, outputs: {}};
    note(`job ${id}: ${result}`);
    all &&= result === "success";
  }
  return all ? 0 : 1;
}

try {
  process.exit(main());
} catch (e) {
  if (!(e instanceof Failed)) throw e;
  console.error(e.message);
  process.exit(2);
}
