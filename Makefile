# Regression Gate. Modules are found by wildcard: a new one is never listed here.
#
#   make            build/gate
#   make demo       install what is missing, build, judge the example, show the decision
#   make check      install what tests need, run every test
#   make lint asan bench install clean

BUILD   ?= build
CC      ?= cc
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WERROR  ?=
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
PKGS     = libxml-2.0 jansson zlib yaml-0.1 libcmark-gfm libpcre2-8 libcrypto

PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)
# Headers only: libcurl and libarchive are loaded when first needed, not linked.
PKG_CFLAGS += $(shell pkg-config --cflags libcurl libarchive 2>/dev/null)

DIRS := gate gate/base gate/input gate/model gate/correlate gate/correlate/engine gate/report \
	gate/report/support gate/forge parsers parsers/support parsers/registers parsers/registers/support policies policies/engine
SRC  := $(sort $(wildcard $(DIRS:%=%/*.c)))
OBJ  := $(SRC:%.c=$(BUILD)/obj/%.o) $(BUILD)/obj/presets.o
LIB  := $(filter-out $(BUILD)/obj/gate/main.o,$(OBJ))
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

# Rewrites the expected files of the golden folders; look at the diff.
golden: all
	GATE=$(abspath $(BUILD))/gate GOLDEN=rewrite prove -e sh tests/golden-*.t

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

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/regression-gate
	install -m 755 $(BUILD)/gate $(DESTDIR)$(PREFIX)/bin/gate
	install -m 644 policies/schema/*.schema.json $(DESTDIR)$(PREFIX)/share/regression-gate

clean:
	rm -rf $(BUILD)

.PHONY: all unit deps test-deps demo check test golden asan lint bench readme schema install clean
-include $(OBJ:.o=.d) $(UNIT_BIN:=.d) $(LINTED:.ok=.d)
