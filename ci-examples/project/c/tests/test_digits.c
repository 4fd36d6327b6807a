#include "../src/zip.h"
#include "check.h"

int
main(void)
{
	check(zip_ok("12345"));
	check(!zip_ok("1234"));
}
