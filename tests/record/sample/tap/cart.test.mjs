import assert from "node:assert";
import { describe, it } from "node:test";

describe("cart", () => {
  it("adds", () => {});
  it("removes", () => assert.strictEqual(1, 2));
  it("later", { skip: "no database" }, () => {});
  it("rounds", { todo: true }, () => {
    throw new Error("not yet");
  });
  describe("discounts", () => {
    it("percent", () => {});
  });
});
it("throws", () => {
  throw new TypeError("price is missing");
});
