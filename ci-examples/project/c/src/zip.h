/* Postal codes. */
#ifndef ZIP_H
#define ZIP_H

int zip_ok(const char *code);     /* five digits, blanks around them allowed */
int zip_zone(const char *code);   /* 0 to 9 by the first digit; -1 when it is none */

#endif
