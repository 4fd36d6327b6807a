#!/bin/sh
# govet.sh -- records tests/formats/govet.
. "$(dirname "$0")/record.sh"
begin govet "$(go env GOVERSION | sed 's/^go//')"
export HOME="$work" GOFLAGS=-mod=mod GOPROXY=off

in_module() {
	cd gomod && go vet "$@"
}
broken() {
	cd gomod && echo 'func broken() int { return missing }' >>cart.go && go vet ./...
}

keep vet in_module ./...
keep broken broken
keep no-such-package in_module ./nothing

begin govet-json "$(go env GOVERSION | sed 's/^go//')"
keep recorded in_module -json ./...
