#include "../src/zip.h"
#include "check.h"

int
main(void)
{
	check(!zip_ok(""));
}
