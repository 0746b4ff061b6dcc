# hotseat: everything a person types starts here. `make help` lists it.
SHELL := /bin/bash
BUILD := build/release
CHECKS := build/checks
THREADS := build/threads
PREFIX ?= /usr
JOBS ?= $(shell nproc)
# Paths relative to the tree: a second clone or a second build directory compiles nothing anew.
export CCACHE_BASEDIR := $(CURDIR)
export CCACHE_NOHASHDIR := 1
# Looked up when it is used: on a new machine `setup` installs ccache first.
CMAKE = cmake -G Ninja -Wno-dev $(if $(shell command -v ccache),-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)

.PHONY: help setup build demo check test lint format lab bench fuzz install clean

help: ## this list
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1\t/' | expand -t 16

setup: ## install what building and testing needs (Debian 12; asks sudo when not root)
	@scripts/setup

build: setup ## build the programs into build/bin/
	@$(CMAKE) -S . -B $(BUILD) -DCMAKE_BUILD_TYPE=RelWithDebInfo "-DCMAKE_CXX_FLAGS_RELWITHDEBINFO=-O2 -g1 -DNDEBUG" -DHOTSEAT_BIN_DIR=$(CURDIR)/build/bin -DCMAKE_INSTALL_PREFIX=$(PREFIX) >build/configure.log || { cat build/configure.log; exit 1; }
	@ninja -C $(BUILD) -j $(JOBS) programs lab-tests

demo: build ## the main job on a simulated workstation; KEEP=1 leaves it running
	@scripts/demo

check: setup ## every test that needs no lab, under AddressSanitizer, UBSan and TSan
	@scripts/check

lint: setup ## clang-format and clang-tidy
	@scripts/lint

lab: build ## the end-to-end suite in the virtual workstation
	@tests/lab/run

test: build ## everything: lint, the demo, check and the lab
	@scripts/test

bench: build ## the measurements of docs/benchmarks.md, in the lab
	@bench/run

fuzz: setup ## every fuzzer for 600 seconds; SECONDS=60 for less
	@scripts/fuzz $(or $(SECONDS),600)

format: ## apply clang-format
	@git ls-files '*.cpp' '*.h' | grep -v '^lab/' | xargs clang-format -i

install: build ## install into DESTDIR, FHS layout
	@DESTDIR="$(DESTDIR)" cmake --install $(BUILD) --strip

clean: ## remove build/, the lab's cached root filesystem included
	rm -rf build
