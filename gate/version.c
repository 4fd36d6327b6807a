/* version.c -- `gate --version`: bug reports need the libraries' versions too. */
#include "gate/version.h"
#include "gate/forge/http.h"
#include "gate/tarball_api.h"

#include <cmark-gfm.h>
#include <jansson.h>
#include <libxml/xmlversion.h>
#include <openssl/crypto.h>
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <sqlite3.h>
#include <stdio.h>
#include <yaml.h>
#include <zlib.h>

void
version_print(void)
{
	const struct tarball_api *archive = tarball_api(&(struct err){ 0 });
	char pcre[64] = "", curl[32];

	pcre2_config(PCRE2_CONFIG_VERSION, pcre);
	printf("gate %s%s%s%s\n", GATE_VERSION, gate_revision[0] ? " (" : "", gate_revision,
		gate_revision[0] ? ")" : "");
	printf("libxml2 %s, jansson %s, zlib %s, libyaml %s, cmark-gfm %s, PCRE2 %s, SQLite %s, "
		"%s, %s, %s\n",
		LIBXML_DOTTED_VERSION, jansson_version_str(), zlibVersion(),
		yaml_get_version_string(), cmark_version_string(), pcre,
		sqlite3_libversion(), OpenSSL_version(OPENSSL_VERSION),
		http_library(curl, sizeof(curl)) ? curl : "libcurl not installed",
		archive ? archive->version_string() : "libarchive not installed");
}
