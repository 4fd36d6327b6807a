"use strict";

/* The check digit of a tracking number: the weighted sum of its digits, by ten. */
function checkDigit(digits) {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    sum += Number(digits[i]) * (i % 2 == 0 ? 3 : 1);
  }
  return (10 - (sum % 10)) % 10;
}

/* "RR 123 456" and "rr123456" are the same number. */
function normalise(text) {
  return text.replace(" ", "").toUpperCase();
}

function isValid(text) {
  const number = normalise(text);
  return Number(number.slice(-1)) === checkDigit(number.slice(2, -1));
}

module.exports = {checkDigit, normalise, isValid};
