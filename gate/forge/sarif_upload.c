/*
 * sarif_upload.c -- a SARIF document for GitHub's code scanning: gzip, then base64. Sending it
 * again does no harm: the later analysis of a tool and a commit takes the earlier one's place.
 * https://docs.github.com/en/rest/code-scanning/code-scanning#upload-an-analysis-as-sarif-data
 */
#include <openssl/evp.h>
#include <zlib.h>

#include "gate/forge/deliver.h"

#define MAX_PACKED (10u << 20) /* GitHub takes no more */
#define MAX_LOOKS 3

/* gzip without a name or a time: the same document, the same bytes. */
static bool
pack(struct str text, struct buf *out)
{
	z_stream z = { 0 };
	bool ok = false;

	if (deflateInit2(&z, Z_DEFAULT_COMPRESSION, Z_DEFLATED, 15 + 16, 8,
	    Z_DEFAULT_STRATEGY) != Z_OK)
		return false;
	if (text.n < (1u << 30)) {
		buf_reserve(out, deflateBound(&z, text.n));
		z.next_in = (Bytef *)(uintptr_t)text.p;
		z.avail_in = (uInt)text.n;
		z.next_out = (Bytef *)out->p;
		z.avail_out = (uInt)deflateBound(&z, text.n);
		ok = deflate(&z, Z_FINISH) == Z_STREAM_END;
		out->n = z.total_out;
		out->p[out->n] = 0;
	}
	deflateEnd(&z);
	return ok;
}

static json_t *
upload_json(const struct build *b, struct str packed)
{
	struct buf text = BUF_INIT, ref = BUF_INIT;
	json_t *o = json_object();

	buf_reserve(&text, packed.n / 3 * 4 + 8);
	text.n = (size_t)EVP_EncodeBlock((unsigned char *)text.p, (const unsigned char *)packed.p,
		(int)packed.n);
	if (b->change)
		buf_addf(&ref, "refs/pull/%ld/head", b->change);
	else
		buf_add(&ref, b->ref);
	json_object_set_new(o, "commit_sha", delivery_text(b->revision, b->revision.n));
	json_object_set_new(o, "ref", delivery_text(buf_str(&ref), ref.n));
	json_object_set_new(o, "sarif", json_stringn(text.p, text.n));
	buf_release(&text);
	buf_release(&ref);
	return o;
}

/* It is taken in later: what is wrong with it shows only there. */
static enum delivered
outcome(struct delivery_job *job, struct str id)
{
	struct buf url = BUF_INIT;
	enum delivered rc = delivery_say(job, DELIVERED, "SARIF uploaded");

	buf_addf(&url, "/repos/%.*s/code-scanning/sarifs/", STR_FMT(job->build.project));
	forge_query(&url, id);
	for (unsigned n = 0; id.n && n < MAX_LOOKS && http_pause(job->http, n); n++) {
		struct http_answer a = { 0 };
		struct buf why = BUF_INIT;
		json_t *doc = delivery_get(job, buf_str(&url), &a);
		struct str state = forge_text(doc, "processing_status");
		bool done = doc == NULL || str_eqz(state, "complete");

		if (str_eqz(state, "failed")) {
			http_reason(buf_str(&a.body), &why);
			rc = delivery_say(job, FAILED, "the SARIF file was refused: %s",
				buf_z(&why));
			done = true;
		}
		buf_release(&why);
		json_decref(doc);
		http_answer_release(&a);
		if (done)
			break;
	}
	buf_release(&url);
	return rc;
}

static enum delivered
upload(struct delivery_job *job, struct str packed)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	enum delivered rc;
	json_error_t why;
	json_t *doc;

	buf_addf(&url, "/repos/%.*s/code-scanning/sarifs", STR_FMT(job->build.project));
	doc = upload_json(&job->build, packed);
	if (delivery_send(job, "POST", buf_str(&url), doc, false, &a)) {
		doc = json_loadb(buf_z(&a.body), a.body.n, 0, &why);
		rc = outcome(job, forge_text(doc, "id"));
		json_decref(doc);
	} else {
		rc = delivery_refused(job, &a, "uploading the SARIF file");
		if (a.status == 403) {
			buf_reset(&job->hint);
			buf_addz(&job->hint, "give the job `security-events: write`; code scanning "
				"must be on for the repository");
		}
	}
	buf_release(&url);
	http_answer_release(&a);
	return rc;
}

/*
 * Where the analysis belongs. A change's number may be a stranger's word, and so may be the name
 * of a fork's branch: what is uploaded there would take another's alerts away.
 */
static enum delivered
find_ref(struct delivery_job *job)
{
	enum delivered rc;

	if (job->build.change == 0 && job->build.ref.n)
		return DELIVERED;
	rc = delivery_change(job);
	if (rc == DELIVERED)
		return rc;
	if (job->said.n == 0 || rc == NOTHING_DUE)
		delivery_say(job, DEGRADED, "the revision heads no open change");
	buf_addz(&job->said, "; the SARIF file is not uploaded");
	return rc == FAILED ? FAILED : DEGRADED;
}

enum delivered
deliver_sarif(struct delivery_job *job)
{
	struct buf packed = BUF_INIT;
	enum delivered rc = find_ref(job);

	if (rc != DELIVERED)
		; /* said */
	else if (!pack(job->sarif, &packed) || packed.n > MAX_PACKED)
		rc = delivery_say(job, FAILED,
			"uploading the SARIF file: packed it is over the 10 MB that GitHub takes");
	else
		rc = upload(job, buf_str(&packed));
	buf_release(&packed);
	return rc;
}
