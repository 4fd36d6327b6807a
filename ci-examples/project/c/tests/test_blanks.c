#include "../src/zip.h"
#include "check.h"

int
main(void)
{
	check(zip_zone(" 12345") == 1);
}
