/* tarball_api.h -- libarchive, loaded when an archive is first needed: it costs a start-up. */
#ifndef GATE_TARBALL_API_H
#define GATE_TARBALL_API_H

#include <archive.h>
#include <archive_entry.h>

#include "gate/base/err.h"

/* Every function that is used of it, under its own name without `archive_`. */
#define TARBALL_API(USE) \
	USE(entry_clear) USE(entry_filetype) USE(entry_free) USE(entry_hardlink) \
	USE(entry_new) USE(entry_pathname) USE(entry_perm) \
	USE(entry_set_filetype) USE(entry_set_mtime) USE(entry_set_pathname) \
	USE(entry_set_perm) USE(entry_set_size) USE(entry_size) USE(entry_size_is_set) \
	USE(entry_symlink) USE(error_string) \
	USE(read_data) USE(read_free) USE(read_new) USE(read_next_header) \
	USE(read_open_memory) USE(read_support_filter_gzip) USE(read_support_format_tar) \
	USE(read_support_format_zip_seekable) \
	USE(write_add_filter_gzip) USE(write_close) USE(write_data) USE(write_free) \
	USE(write_header) USE(write_new) USE(write_open) USE(write_set_bytes_in_last_block) \
	USE(write_set_filter_option) USE(write_set_format_ustar) USE(version_string)

struct tarball_api {
#define MEMBER(name) __typeof__(&archive_##name) name;
	TARBALL_API(MEMBER)
#undef MEMBER
};

/* Loaded once; NULL with *err set when there is none. */
const struct tarball_api *tarball_api(struct err *err);

#endif
