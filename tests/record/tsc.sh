#!/bin/sh
# tsc.sh -- records tests/formats/tsc (npm install typescript@5).
. "$(dirname "$0")/record.sh"
from_npm typescript@5.9.3
begin tsc "$(tsc --version | sed 's/Version //')"

keep errors tsc --noEmit --strict web/cart.ts
keep pretty tsc --noEmit --strict --pretty web/cart.ts
keep no-such-file tsc --noEmit web/nofile.ts
keep bad-option tsc --noEmit --nooption web/good.ts
no_inputs() {
	mkdir empty && cd empty && echo '{}' >tsconfig.json && tsc
}
keep no-inputs no_inputs
