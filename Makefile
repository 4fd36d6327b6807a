# Regression Gate. Modules are found by wildcard: a new one is never listed here.
#
#   make            build/gate
#   make demo       install what is missing, build, judge the example, show the decision
#   make check      install what tests need, run every test
#   make lint asan bench install uninstall clean

BUILD   ?= build
CC      ?= cc
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WERROR  ?=
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
PKGS     = libxml-2.0 jansson zlib yaml-0.1 libcmark-gfm libpcre2-8 libcrypto sqlite3

PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
# Headers only: libcurl and libarchive are loaded when first needed, not linked.
PKG_CFLAGS += $(shell pkg-config --cflags libcurl libarchive 2>/dev/null)

DIRS := gate gate/base gate/input gate/model gate/correlate gate/correlate/engine gate/report \
	gate/report/support gate/forge parsers parsers/support parsers/registers parsers/registers/support policies policies/engine
SRC  := $(sort $(wildcard $(DIRS:%=%/*.c)))
OBJ  := $(SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/presets.o $(BUILD)/obj/revision.o
# What unit tests link with; the revision would link them again at each commit.
LIB  := $(filter-out $(addprefix $(BUILD)/obj/,gate/main.o gate/version.o revision.o),$(OBJ))
UNIT := $(sort $(wildcard tests/unit/test_*.c))
UNIT_BIN := $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)
LINTED := $(SRC:%.c=$(BUILD)/lint/%.ok)
PRESETS := $(sort $(wildcard policies/presets/*.yaml))

ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -I. $(WARN) $(WERROR) $(CFLAGS) $(PKG_CFLAGS)
# libcmark-gfm-extensions has no .pc file
ALL_LIBS   = $(LDFLAGS) -lcmark-gfm-extensions $(PKG_LIBS) -lpthread -ldl

# make V=1 shows the command lines
Q = $(if $(V),,@)
say = $(if $(V),,@printf '  %-5s %s\n' $(1) $(2))

all: $(BUILD)/gate

$(BUILD)/gate: $(OBJ)
	$(call say,LINK,$@)
	$(Q)$(CC) $(CFLAGS) -o $@ $(OBJ) $(ALL_LIBS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The presets are compiled in, as bytes: C17 limits the length of a string.
$(BUILD)/gen/presets.c: $(PRESETS) policies/presets/embed.sh
	@mkdir -p $(@D)
	sh policies/presets/embed.sh $(PRESETS) > $@.tmp && mv $@.tmp $@

$(BUILD)/obj/presets.o: $(BUILD)/gen/presets.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# The revision is looked up at each make and written only when it is another one. A tarball has
# none, not even inside of some other checkout.
$(BUILD)/gen/revision.c: FORCE
	@mkdir -p $(@D)
	@sh gate/revision.sh > $@.tmp
	@cmp -s $@.tmp $@ && rm -f $@.tmp || mv $@.tmp $@

$(BUILD)/obj/revision.o: $(BUILD)/gen/revision.c
	@mkdir -p $(@D)
	$(call say,CC,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -c -o $@ $<

# Unit tests: one program each, linked with everything but main.
$(BUILD)/unit/%: tests/unit/%.c $(LIB)
	@mkdir -p $(@D)
	$(call say,TEST,$<)
	$(Q)$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(LIB) $(ALL_LIBS) -lcmocka

unit: $(UNIT_BIN)

# Installs what is missing (apt, dnf, apk, brew); does nothing when all is there.
deps:
	@sh tests/deps.sh build

test-deps:
	@sh tests/deps.sh build test

# pkg-config is asked when make starts, so what was just installed needs a new make.
demo: deps
	@$(MAKE) --no-print-directory all
	@sh ci-examples/demo/run.sh $(abspath $(BUILD))/gate

check: test-deps
	@$(MAKE) --no-print-directory all unit
	@$(MAKE) --no-print-directory test

# What check runs, without installing anything.
TESTS ?= tests/*.t tests/cli/*.sh tests/meta/*.sh
test: all unit
	GATE=$(abspath $(BUILD))/gate UNIT=$(abspath $(BUILD))/unit prove -e sh $(TESTS)

# The CI examples, run with the forges' own evaluators; npm installs them below build/. Without npm
# they are skipped, with a word.
check-examples: all
	@sh tests/examples/prepare.sh $(BUILD)/examples
	GATE=$(abspath $(BUILD))/gate EXAMPLES=$(abspath $(BUILD))/examples \
		prove -j3 -e sh tests/examples/valid.sh tests/examples/github.sh tests/examples/gitlab.sh

# Rewrites the expected files of the golden folders; look at the diff.
golden: all
	GATE=$(abspath $(BUILD))/gate GOLDEN=rewrite prove -e sh tests/golden-*.t

# Delivery held against other people's tools; npm installs them into build/contract.
check-contract: all
	GATE=$(abspath $(BUILD))/gate prove -v -e sh tests/contract/run.sh

asan:
	$(MAKE) BUILD=$(BUILD)/asan LDFLAGS=-fsanitize=address,undefined \
		CFLAGS="-O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=undefined" \
		WERROR=$(WERROR) test

# What was clean and did not change since, nor a header of it, is not looked at again.
lint:
	@sh tests/lint.sh tools
	@$(MAKE) --no-print-directory -k -j$(shell getconf _NPROCESSORS_ONLN) $(LINTED)
	@echo "lint: clean"

$(BUILD)/lint/%.ok: %.c .clang-tidy tests/lint.sh
	@mkdir -p $(@D)
	$(call say,LINT,$<)
	$(Q)sh tests/lint.sh "$(ALL_CFLAGS)" $< $@

bench: all
	sh tests/bench/run.sh $(abspath $(BUILD))/gate

# Rewrites the README's generated tables and its picture of the demo.
readme: all
	sh tests/readme.sh $(abspath $(BUILD))/gate

# Rewrites the part of the policy's schema that comes from the rules.
schema: all
	python3 policies/schema/rules.py $(abspath $(BUILD))/gate policies/schema/gate.schema.json > $(BUILD)/gate.schema.json
	cp $(BUILD)/gate.schema.json policies/schema/gate.schema.json
	python3 policies/schema/rules.py --floor $(abspath $(BUILD))/gate policies/schema/gate.schema.json > $(BUILD)/floor.schema.json
	cp $(BUILD)/floor.schema.json policies/schema/floor.schema.json

# The manual and the completions come from the command tables, by the program itself.
$(BUILD)/doc/%: $(BUILD)/gate
	@mkdir -p $(@D)
	$(Q)$(BUILD)/gate list $* > $@.tmp && mv $@.tmp $@

# What is installed: the program, its schemas, gate(1), and completions where the shells look.
INSTALLED = bin/gate share/man/man1/gate.1 share/bash-completion/completions/gate \
	share/zsh/site-functions/_gate share/fish/vendor_completions.d/gate.fish
SCHEMAS := $(sort $(wildcard policies/schema/*.schema.json))
DOCS = $(addprefix $(BUILD)/doc/,man bash-completion zsh-completion fish-completion)
to = $(DESTDIR)$(PREFIX)/$(1)

install: all $(DOCS)
	install -d $(foreach f,$(INSTALLED),$(call to,$(dir $(f)))) $(call to,share/regression-gate)
	install -m 755 $(BUILD)/gate $(call to,bin/gate)
	install -m 644 $(SCHEMAS) $(call to,share/regression-gate)
	install -m 644 $(BUILD)/doc/man $(call to,share/man/man1/gate.1)
	install -m 644 $(BUILD)/doc/bash-completion $(call to,share/bash-completion/completions/gate)
	install -m 644 $(BUILD)/doc/zsh-completion $(call to,share/zsh/site-functions/_gate)
	install -m 644 $(BUILD)/doc/fish-completion $(call to,share/fish/vendor_completions.d/gate.fish)

# Takes away what install put there, by name, and the one folder that is ours.
uninstall:
	rm -f $(foreach f,$(INSTALLED),$(call to,$(f)))
	rm -f $(foreach f,$(notdir $(SCHEMAS)),$(call to,share/regression-gate/$(f)))
	[ ! -d $(call to,share/regression-gate) ] || rmdir $(call to,share/regression-gate)

clean:
	rm -rf $(BUILD)

.PHONY: FORCE all unit check-contract deps test-deps demo check test check-examples golden asan lint bench readme schema install uninstall clean
-include $(OBJ:.o=.d) $(UNIT_BIN:=.d) $(LINTED:.ok=.d)
