# Regression Gate. Modules are found by wildcard: a new one is never listed here.
#   make            build/gate
#   make demo       install what is missing, build, run the example
#   make check      install what tests need, run every test

BUILD   ?= build
CC      ?= cc
PREFIX  ?= /usr/local
CFLAGS  ?= -O2 -g
WARN     = -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes
WERROR  ?=
PKGS     = libxml-2.0 jansson zlib yaml-0.1 libcmark-gfm libpcre2-8 libcrypto
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
PKG_LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null)

SRC  := $(wildcard gate/*.c gate/*/*.c gate/*/*/*.c parsers/*.c parsers/*/*.c parsers/*/*/*.c policies/*.c policies/*/*.c)
OBJ  := $(SRC:%.c=$(BUILD)/obj/%.o)
UNIT := $(wildcard tests/unit/*.c)

ALL_CFLAGS = -std=c17 -D_POSIX_C_SOURCE=200809L -I. -I$(BUILD)/gen $(WARN) $(WERROR) $(CFLAGS) $(PKG_CFLAGS)
ALL_LIBS   = $(PKG_LIBS) -lcmark-gfm-extensions -lpthread -ldl

all: $(BUILD)/gate

$(BUILD)/gate: $(OBJ)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $(OBJ) $(ALL_LIBS)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Unit tests: one program each, linked with everything but main.
$(BUILD)/unit/%: tests/unit/%.c $(filter-out $(BUILD)/obj/gate/main.o,$(OBJ))
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -o $@ $< $(filter-out $(BUILD)/obj/gate/main.o,$(OBJ)) $(LDFLAGS) $(ALL_LIBS) -lcmocka

unit: $(UNIT:tests/unit/%.c=$(BUILD)/unit/%)
	@for t in $^; do echo "== $$t"; $$t || exit 1; done

clean:
	rm -rf $(BUILD)

.PHONY: all unit clean
-include $(OBJ:.o=.d)
