# avokoodi: make run | test | bench | build
GO ?= go
LDFLAGS = -s -w
export CGO_ENABLED ?= 0

.PHONY: run test quick bench build tools fmt vet fuzz

run: ## start the demonstration
	$(GO) run ./cmd/avokoodi demo

build: ## one static binary in bin/
	$(GO) build -trimpath -buildvcs=true -ldflags '$(LDFLAGS)' -o bin/avokoodi ./cmd/avokoodi

quick: fmt vet ## everything that needs nothing but Go
	$(GO) test -short ./...

test: tools fmt vet ## everything, with what the tests need
	AVOKOODI_TEST_ALL=1 $(GO) test -timeout 30m ./...
	@GO="$(GO)" sh docs/fuzz.sh $(FUZZTIME)

fuzz: ## every reader of files for ten minutes, or FUZZTIME
	@GO="$(GO)" sh docs/fuzz.sh $(or $(FUZZTIME),10m)

fmt:
	@out=$$(gofmt -l cmd coding config index themes ui); if [ -n "$$out" ]; then echo "gofmt these:"; echo "$$out"; exit 1; fi

vet:
	$(GO) vet ./...

# What the tests use besides Go: a browser, the Finnish dictionary. Installed where that is possible, named where it is not.
tools:
	@sh docs/test-tools.sh

bench: ## figures with the raw limit beside each, in bench.json
	$(GO) run ./cmd/avokoodi/bench
