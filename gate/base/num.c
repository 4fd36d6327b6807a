/* num.c -- see num.h. */
#include "gate/base/num.h"

bool
num_long(struct str s, long min, long max, long *out)
{
	bool negative = str_skip(&s, "-");
	unsigned long v = 0;
	long value;

	if (s.n == 0 || s.n > 19)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (!is_digit(s.p[i]))
			return false;
		v = v * 10 + (unsigned long)(s.p[i] - '0');
	}
	if (v > (unsigned long)INT64_MAX)
		return false;
	value = negative ? -(long)v : (long)v;
	if (value < min || value > max)
		return false;
	*out = value;
	return true;
}
