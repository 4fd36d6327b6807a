"use strict";

const {checkDigit, normalise, isValid} = require("../src/track");

describe("check digit", () => {
  test("of a number", () => expect(checkDigit("1234567")).toBe(0));
  test("of nothing", () => expect(checkDigit("")).toBe(0));
});

describe("normalise", () => {
  test("one blank", () => expect(normalise("rr 123")).toBe("RR123"));
  test("every blank", () => expect(normalise("rr 123 456")).toBe("RR123456"));
});

describe("valid", () => {
  test("a right one", () => expect(isValid("RR12345670")).toBe(true));
  test("letters are refused", () => expect(() => isValid("RRABC")).toThrow("not a number"));
});
