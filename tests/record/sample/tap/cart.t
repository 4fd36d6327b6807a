use strict;
use warnings;
use Test::More tests => 6;

ok(1, 'adds');
is(1 + 1, 3, 'sums # not \ a directive');
TODO: {
	local $TODO = 'rounding is not there yet';
	is(0.1 + 0.2, 0.3, 'rounds');
}
SKIP: {
	skip 'no database', 1;
}
subtest 'discounts' => sub {
	plan tests => 2;
	ok(1, 'percent');
	is('10', '12', 'absolute');
};
ok(1);
